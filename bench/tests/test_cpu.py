import subprocess
import sys
import time
import unittest

import here  # noqa: F401
from harness import cpu
from harness.cpu import Reading


class CpuTest(unittest.TestCase):
    def test_waiting_and_stolen_and_guest_time_are_no_work(self):
        seconds = round(1 / cpu.TICK)
        # user nice system idle iowait irq softirq steal guest guest_nice
        columns = [3, 1, 2, 50, 9, 4, 5, 7, 3, 1]
        line = "cpu  " + " ".join(str(column * seconds) for column in columns)
        reading = cpu.read(line)
        self.assertAlmostEqual(reading.busy, 3 + 1 + 2 + 4 + 5)
        self.assertAlmostEqual(reading.stolen, 7)

    def test_the_generator_and_the_idle_machine_are_taken_off(self):
        before, after = Reading(0, 100, 0), Reading(10, 119, 0)
        # 19 s of work, 3 s of the generator, 0.1 s a second for ten seconds of the idle machine.
        took = cpu.per_request_ms(before, after, aside=3, idle=0.1, requests=15_000)
        self.assertAlmostEqual(took, 1.0)

    def test_where_nothing_is_left_there_is_no_figure(self):
        before, after = Reading(0, 100, 0), Reading(10, 105, 0)
        self.assertIsNone(cpu.per_request_ms(before, after, 3, idle=1, requests=100))
        self.assertIsNone(cpu.per_request_ms(before, after, 3, idle=0, requests=0))

    def test_a_process_and_its_children_are_counted(self):
        spin = "import time\nwhile time.process_time() < 0.4: pass\ninput()"
        script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])"
        command = [sys.executable, "-c", script]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as parent:
            end, seen = time.monotonic() + 30, 0
            while seen < 0.3 and time.monotonic() < end:
                time.sleep(0.01)
                seen = cpu.process_seconds(parent.pid)
            parent.communicate(b"\n")
        # The parent alone would take a tenth of that.
        self.assertGreaterEqual(seen, 0.3)

    def test_this_machine_can_be_read(self):
        first, second = cpu.read(), cpu.read()
        self.assertGreater(first.busy, 0)
        self.assertGreaterEqual(second.busy, first.busy)
