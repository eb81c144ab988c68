import unittest

import here  # noqa: F401
from harness import profile

LINES = """\
         swapper  ffffffff81f2d1ab pv_native_safe_halt ([kernel.kallsyms])
 C2 CompilerThre      7f3e6c1f2a10 PhaseLive::compute(unsigned int) (/usr/lib/jvm/libjvm.so)
      python3.11  ffffffff8135a0c1 copy_page_range ([kernel.kallsyms])
            java      7f3e5410aa40 [unknown] (/tmp/perf-4711.map)
            java      7f3e5410bb40 [unknown] (/tmp/perf-4711.map)
no sample at all
""".splitlines()


class ProfileTest(unittest.TestCase):
    def test_samples_are_read_and_an_idle_processor_is_none(self):
        samples = profile.parse_samples(LINES)
        self.assertEqual(
            [comm for comm, _, _ in samples], ["C2 CompilerThre", "python3.11", "java", "java"]
        )
        self.assertEqual(samples[0][1], "PhaseLive::compute(unsigned int)")

    def test_the_kernel_is_told_from_what_runs_on_it(self):
        samples = profile.parse_samples(LINES)
        self.assertEqual([profile.is_kernel(sample) for sample in samples], [0, 1, 0, 0])

    def test_code_that_the_jvm_made_counts_as_one(self):
        java = profile.parse_samples(LINES)[2:]
        self.assertEqual(len({profile.user_name(symbol, file) for _, symbol, file in java}), 1)
