// Nothing but a reason to compile the headers that every test program shares (tests/CMakeLists.txt).
