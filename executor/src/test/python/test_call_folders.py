"""Folders of calls: measured and removed whatever builders' code has put there."""

import contextlib
import ctypes
import io
import mmap
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

import shipped  # noqa: F401 - makes patchbay_box importable

from patchbay_box.call_folders import CallFolders, Excesses, excess

MIB = 1 << 20



@contextlib.contextmanager
def unowned_mapping(descriptor):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    address = libc.mmap(None, mmap.PAGESIZE, mmap.PROT_READ, mmap.MAP_SHARED, descriptor, 0)
    try:
        yield
    finally:
        libc.munmap(address, mmap.PAGESIZE)


class Folders(unittest.TestCase):
    def setUp(self):
        outer = tempfile.TemporaryDirectory()
        self.addCleanup(outer.cleanup)
        self.outer = pathlib.Path(outer.name)
        self.folders = CallFolders(str(self.outer / "calls-2"))
        self.folder = pathlib.Path(self.folders.path(self.folders.make()))

    def remove(self):
        self.folders.doom(str(self.folder))
        while self.folders.lacks_removal:
            self.folders.remove_for(0.01)

    def test_each_is_new_empty_private_and_cannot_be_guessed(self):
        other = pathlib.Path(self.folders.path(self.folders.make()))
        self.assertNotEqual(self.folder, other)
        self.assertEqual([], list(other.iterdir()))
        self.assertEqual(0o700, other.stat().st_mode & 0o777)
        self.assertGreaterEqual(len(other.name), 24)

    def test_an_empty_one_is_removed_at_once(self):
        self.folders.doom(str(self.folder))
        self.assertFalse(self.folder.exists())
        self.assertFalse(self.folders.lacks_removal)

    def test_links_are_removed_and_what_they_lead_to_stays(self):
        kept = self.outer / "kept"
        kept.mkdir(mode=0o750)
        (kept / "file").write_text("stays")
        (self.folder / "folder").symlink_to(kept)
        (self.folder / "file").symlink_to(kept / "file")
        (self.folder / "nowhere").symlink_to("/nowhere/at/all")
        self.remove()
        self.assertFalse(self.folder.exists())
        self.assertEqual("stays", (kept / "file").read_text())
        self.assertEqual(0o750, kept.stat().st_mode & 0o777)

    def test_folders_without_permissions_and_many_files_are_removed(self):
        (self.folder / "closed").mkdir()
        (self.folder / "closed" / "inside").mkdir(mode=0)
        (self.folder / "closed").chmod(0)
        for number in range(1000):
            (self.folder / f"{number}").touch(mode=0)
        self.remove()
        self.assertFalse(self.folder.exists())
        self.assertEqual([], os.listdir(self.outer / "calls-2"))

    def test_a_tree_deeper_than_a_path_can_be_long_is_removed(self):
        before = os.getcwd()
        try:
            os.chdir(self.folder)
            for _ in range(100):
                os.mkdir("d" * 200)
                os.chdir("d" * 200)
        finally:
            os.chdir(before)
        self.assertIn("cannot be looked into", excess(str(self.folder), os.getpid(), MIB, 5000))
        self.remove()
        self.assertEqual([], os.listdir(self.outer / "calls-2"))

    def test_too_many_bytes_or_files_are_an_excess_and_less_is_none(self):
        (self.folder / "a").mkdir()
        (self.folder / "a" / "data").write_bytes(bytes(MIB // 2))
        self.assertEqual("", self.excess(10))
        (self.folder / "b").write_bytes(bytes(MIB))
        self.assertEqual("its files take more than 1 MiB", self.excess(10))
        (self.folder / "b").unlink()
        for number in range(10):
            (self.folder / f"{number}").touch()
        self.assertEqual("it made more than 10 files and folders", self.excess(10))

    def excess(self, files):
        return excess(str(self.folder), os.getpid(), MIB, files)

    def test_files_that_were_removed_while_open_count(self):
        with open(self.folder / "gone", "wb") as gone:
            gone.write(bytes(2 * MIB))
            gone.flush()
            (self.folder / "gone").unlink()
            self.assertEqual("its files take more than 1 MiB", self.excess(100))
        self.assertEqual("", self.excess(100))

    def test_a_file_that_was_removed_and_closed_while_mapped_counts_as_much_as_a_file_may_have(self):
        with self.mapped("first"):
            self.assertEqual("", self.excess(1))
            self.assertEqual("it made more than 0 files and folders", self.excess(0))
            with self.mapped("second"):
                self.assertEqual("its files take more than 1 MiB", self.excess(100))
        self.assertEqual("", self.excess(0))

    @contextlib.contextmanager
    def mapped(self, name):
        path = self.folder / name
        path.write_bytes(b"x")
        with contextlib.ExitStack() as mapping:
            with open(path, "rb") as file:
                path.unlink()
                mapping.enter_context(unowned_mapping(file.fileno()))
            yield

    def test_a_file_that_was_removed_and_is_both_open_and_mapped_counts_once(self):
        with tempfile.TemporaryFile(dir=self.folder) as file:
            file.write(b"text")
            file.flush()
            with mmap.mmap(file.fileno(), 0):
                self.assertEqual("", excess(str(self.folder), os.getpid(), 4096, 1))

    def test_links_to_big_folders_do_not_count(self):
        (self.folder / "usr").symlink_to("/usr")
        self.assertEqual("", self.excess(10))

    def test_a_process_that_is_gone_has_no_excess(self):
        self.assertEqual("", excess(str(self.folder), 0, MIB, 10))
        self.assertEqual("", excess(str(self.outer / "none"), os.getpid(), MIB, 10))

    def test_what_killed_launchers_left_is_removed_and_nothing_else(self):
        left = self.outer / "calls-1" / "ab" / "c"
        left.mkdir(parents=True)
        (left / "file").touch()
        (self.outer / "others").mkdir()
        CallFolders(str(self.outer / "calls-3")).end()
        self.assertEqual(["others"], os.listdir(self.outer))

    def test_the_end_removes_all(self):
        (self.folder / "file").touch()
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            self.folders.end()
        self.assertFalse((self.outer / "calls-2").exists())
        self.assertEqual("", printed.getvalue())


class RunningProcesses(unittest.TestCase):
    def setUp(self):
        outer = tempfile.TemporaryDirectory()
        self.addCleanup(outer.cleanup)
        self.folder = pathlib.Path(outer.name)
        self.excesses = Excesses(MIB, 100)

    def find(self):
        time.sleep(self.excesses.patience())
        return self.excesses.find()

    def test_one_that_takes_too_much_is_told_once(self):
        self.excesses.watch(os.getpid(), str(self.folder))
        self.assertEqual([], self.find())
        (self.folder / "file").write_bytes(bytes(2 * MIB))
        work()
        self.assertEqual([(os.getpid(), "its files take more than 1 MiB")], self.find())
        self.assertEqual(-1, self.excesses.patience())
        self.excesses.forget(os.getpid())

    def test_one_that_has_not_run_since_is_not_measured_again(self):
        with subprocess.Popen([sys.executable, "-c", "print(flush=True); input(); print()"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as waits:
            waits.stdout.readline()
            self.excesses.watch(waits.pid, str(self.folder))
            self.assertEqual([], self.find())
            (self.folder / "file").write_bytes(bytes(2 * MIB))
            for _ in range(3):
                self.assertEqual([], self.find())
            waits.communicate(b"\n")

    def test_nobody_waits_for_processes_that_are_not_there(self):
        self.assertLess(self.excesses.patience(), 0)
        self.excesses.watch(0, str(self.folder))
        self.assertEqual(0, self.excesses.patience())
        self.excesses.find()
        self.assertTrue(0 < self.excesses.patience() < 5)


def work():
    begin = time.process_time()
    while time.process_time() < begin + 0.002:
        pass


if __name__ == "__main__":
    unittest.main()
