// Damaging and inspecting files in tests. Failures to read or write throw.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::test {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

// Changes one bit of the byte at the offset.
inline void flip_bit(const std::string& path, std::size_t offset) {
  auto bytes = read_file(path);
  bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 0x10);
  write_file(path, bytes);
}

inline void copy_folder(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

// The files of a folder with this extension (".log"), in order of name.
inline std::vector<std::string> files_with(const std::string& folder, const std::string& extension) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == extension) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

// The names of the files under a folder that hold these bytes. Files may come and go meanwhile.
inline std::vector<std::string> files_holding(const std::string& folder, std::string_view bytes) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    if (entry->is_directory(gone)) continue;
    std::ifstream file(entry->path(), std::ios::binary);
    std::string contents{std::istreambuf_iterator<char>(file), {}};
    if (contents.find(bytes) != std::string::npos) names.push_back(entry->path().filename());
  }
  if (error) throw std::runtime_error("cannot list " + folder + ": " + error.message());
  return names;
}

}  // namespace tenantry::test
