"""A scratch copy of the tree, to try a change on: what would it compile, does it link, what do the tests say?

The copy holds sources alone. A unit that the change does not reach is taken from the tree's own release build, which must be
up to date; what the change reaches is compiled with the tree's own command. So a change costs what it reaches, and the tree
is never written to. Objects are kept by what went into them: taking a change back costs nothing.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
from pathlib import Path

SOURCES = ("domain", "storage", "events", "projections", "api", "tests", "docs")


class Failure(Exception):
    """The compiler, the linker or a test program refused; the text is what it said."""


class Scratch:
    def __init__(self, tree, folder, jobs):
        self.tree, self.folder, self.jobs = Path(tree), Path(folder), jobs
        self.build = self.tree / "build" / "release"
        self.objects = self.folder / "objects"
        self.copy = self.folder / "tree"
        self.objects.mkdir(parents=True)
        for name in SOURCES:
            shutil.copytree(self.tree / name, self.copy / name)
        self._hashes = {}
        commands = json.loads((self.build / "compile_commands.json").read_text())
        # A unit is the source's path in the tree and the target that compiles it.
        self._commands = {self._relative(each["file"]): each["command"] for each in commands
                          if self._relative(each["file"]).split("/")[0] in SOURCES}
        self._object_in_tree = {unit: re.search(r" -o (\S+)", command)[1] for unit, command in self._commands.items()}
        # Some units are compiled by several targets, alike.
        self._unit_of = {re.search(r" -o (\S+)", each["command"])[1]: self._relative(each["file"]) for each in commands}
        self._headers_in_tree = self._read_dependencies()
        self._headers = dict(self._headers_in_tree)
        self._needed_objects = {}
        self.compiled = []  # units that were compiled, in order
        self.processor_s = 0.0

    def read(self, path):
        return (self.copy / path).read_text()

    def write(self, path, text):
        file = self.copy / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self._hashes.pop(file, None)

    def remove(self, path):
        (self.copy / path).unlink()
        self._hashes.pop(self.copy / path, None)

    def changed_files(self):
        """Paths that differ from the tree's."""
        ours = {str(file.relative_to(self.copy)) for file in self.copy.rglob("*") if file.is_file()}
        theirs = {str(file.relative_to(self.tree)) for name in SOURCES for file in (self.tree / name).rglob("*") if file.is_file()}
        return sorted(path for path in ours | theirs if self._hash(self.copy / path) != self._hash(self.tree / path))

    def reached(self, target):
        """Units of a program of the build that a change so far has reached."""
        return [unit for unit in self._units_of(target) if self._key(unit) != self._key_in_tree(unit)]

    def make(self, target):
        """Builds a program ("tenantry", "tests/test_domain") of the copy; answers its path or raises Failure."""
        units = self._units_of(target)
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as workers:
            paths = list(workers.map(self._object, units))
        program = self.folder / Path(target).name
        link = self._link_command(target)
        libraries = [word for word in link if not word.endswith(".o") and not self._is_layer(word)]
        at = libraries.index("-o")
        self._run(libraries[:at] + [str(path) for path in paths] + ["-o", str(program)] + libraries[at + 2:])
        return program

    # --- how it is done

    def _relative(self, file):
        return os.path.relpath(file, self.tree)

    def _hash(self, file):
        if file not in self._hashes:
            self._hashes[file] = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        return self._hashes[file]

    def _read_dependencies(self):
        headers, unit = {}, None
        for line in self._ask_ninja("-t", "deps").splitlines():
            if line.startswith(" ") and unit:
                path = os.path.relpath(os.path.join(self.build, line.strip()), self.tree)
                if path.split("/")[0] in SOURCES:
                    headers[unit].append(path)
            elif line:
                unit = self._unit_of.get(line.split(":")[0])
                if unit:
                    headers[unit] = []
        return headers

    def _ask_ninja(self, *arguments):
        return subprocess.run(["ninja", "-C", self.build, *arguments], check=True, capture_output=True, text=True).stdout

    def _last_command(self, target):
        lines = [line for line in self._ask_ninja("-t", "commands", target).splitlines() if line.strip()]
        return shlex.split(lines[-1].replace("&& :", "").replace(": &&", ""))

    def _link_command(self, target):
        return self._last_command(target)

    def _is_layer(self, word):
        return re.fullmatch(r"(\.\./)*libtenantry_\w+\.a", word) is not None

    def _units_of(self, target):
        if target not in self._needed_objects:
            words = self._link_command(target)
            objects = [word for word in words if word.endswith(".o")]
            for archive in filter(self._is_layer, words):
                objects += [word for word in self._last_command(archive) if word.endswith(".o")]
            self._needed_objects[target] = [self._unit_of[path] for path in dict.fromkeys(objects)]
        known = self._needed_objects[target]
        folders = {self._layer(unit) for unit in known}
        here = [str(file.relative_to(self.copy)) for file in self.copy.rglob("*.cpp")]
        added = [unit for unit in here if unit not in self._commands and self._layer(unit) in folders]
        return [unit for unit in known if (self.copy / unit).exists()] + sorted(added)

    def _layer(self, unit):
        """The folder whose units are compiled alike."""
        parts = unit.split("/")
        apart = parts[0] == "tests" or parts[:2] in (["api", "http"], ["api", "tokens"])
        return "/".join(parts[:2]) if apart else parts[0]

    def _command(self, unit):
        sibling = unit
        if unit not in self._commands:  # as its nearest neighbour is compiled
            alike = [each for each in self._commands if self._layer(each) == self._layer(unit)]
            sibling = max(alike, key=lambda each: len(os.path.commonprefix([each, unit])))
        command = self._commands[sibling].replace(str(self.tree / sibling), str(self.copy / unit))
        here = re.escape(str(self.tree)) + r"(?!/build/)(?=/|\"|\\|\s)"
        return re.sub(here, str(self.copy), command)

    def _key_from(self, unit, root, headers):
        parts = [unit] + [f"{path} {self._hash(root / path)}" for path in sorted({unit, *headers})]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _key(self, unit):
        return self._key_from(unit, self.copy, self._headers.get(unit, []))

    def _key_in_tree(self, unit):
        if unit not in self._commands:
            return None
        return self._key_from(unit, self.tree, self._headers_in_tree.get(unit, []))

    def _object(self, unit):
        if unit in self._commands and self._key(unit) == self._key_in_tree(unit):
            return self.build / self._object_in_tree[unit]
        kept = self.objects / (self._key(unit) + ".o")
        if kept.exists():
            return kept
        made, listed = kept.with_suffix(".new"), kept.with_suffix(".d")
        command = re.sub(r" -o \S+", f" -o {made}", self._command(unit)) + f" -MMD -MF {listed}"
        self.compiled.append(unit)
        self._run(shlex.split(command))
        words = listed.read_text().replace("\\\n", " ").split()[1:]
        paths = [os.path.relpath(word, self.copy) for word in words]
        self._headers[unit] = [path for path in paths if path.split("/")[0] in SOURCES and path != unit]
        kept = self.objects / (self._key(unit) + ".o")
        made.rename(kept)
        return kept

    def _run(self, command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=self.build, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if self.jobs == 1:
            self.processor_s += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode != 0:
            raise Failure(done.stdout + done.stderr)
