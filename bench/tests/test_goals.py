import unittest

import here  # noqa: F401
import contestants
from harness import goals, plan, report
from harness.rounds import Results

LIMITS = {"most_spread": 0.25, "least_rounds": 3, "most_idle_work": 0.1}
AT_LEAST_HALF = {
    "workload": "W1",
    "measure": "c16",
    "figure": "rps",
    "of": "ours",
    "against": "gunicorn",
    "at_least": 0.5,
}
AT_MOST_5_MS = {
    "workload": "W1", "measure": "paced", "figure": "p99_ms", "of": "ours", "at_most": 5
}  # fmt: skip


def results(measure="c16", figure="rps", idle=0.01, **seen):
    found = Results(rounds=len(next(iter(seen.values()))), idle=idle)
    for name, values in seen.items():
        for number, value in enumerate(values):
            found.note("W1", measure, name, number, {figure: value})
    return found


def judged(condition, found):
    return goals.judge_condition(condition, LIMITS, found)


class GoalsTest(unittest.TestCase):
    def test_the_median_ratio_decides(self):
        seen = results(ours=[60, 40, 55], gunicorn=[100, 100, 100])
        self.assertEqual(judged(AT_LEAST_HALF, seen).verdict, goals.MET)
        seen = results(ours=[60, 40, 45], gunicorn=[100, 100, 100])
        self.assertEqual(judged(AT_LEAST_HALF, seen).verdict, goals.NOT_MET)

    def test_a_bound_that_is_just_reached_is_met(self):
        seen = results(ours=[50, 50, 50], gunicorn=[100, 100, 100])
        self.assertEqual(judged(AT_LEAST_HALF, seen).verdict, goals.MET)

    def test_a_reference_that_spreads_over_a_quarter_allows_no_verdict(self):
        seen = results(ours=[60, 60, 60], gunicorn=[100, 90, 120])
        verdict = judged(AT_LEAST_HALF, seen)
        self.assertEqual(verdict.verdict, goals.NO_VERDICT)
        self.assertIn("gunicorn itself spreads over 30 %", verdict.reason)
        self.assertIsNotNone(verdict.seen)

    def test_a_reference_that_spreads_over_just_a_quarter_does(self):
        seen = results(ours=[60, 60, 60], gunicorn=[100, 90, 115])
        self.assertEqual(judged(AT_LEAST_HALF, seen).verdict, goals.MET)

    def test_too_few_rounds_and_a_busy_machine_allow_no_verdict(self):
        seen = results(ours=[60, 60], gunicorn=[100, 100])
        self.assertIn("fewer than 3 rounds", judged(AT_LEAST_HALF, seen).reason)
        seen = results(idle=0.4, ours=[60, 60, 60], gunicorn=[100, 100, 100])
        self.assertIn("busy by itself", judged(AT_LEAST_HALF, seen).reason)

    def test_a_quick_run_allows_no_verdict(self):
        seen = results(ours=[60, 60, 60], gunicorn=[100, 100, 100])
        seen.quick = True
        self.assertEqual(judged(AT_LEAST_HALF, seen).reason, "a quick run")

    def test_who_is_missing_is_not_measured(self):
        verdict = judged(AT_LEAST_HALF, results(ours=[60, 60, 60]))
        self.assertEqual((verdict.verdict, verdict.reason), (goals.NO_VERDICT, "not measured"))

    def test_a_goal_without_a_reference_is_judged_by_its_own_median(self):
        seen = results("paced", "p99_ms", ours=[4, 9, 4.5])
        self.assertEqual(judged(AT_MOST_5_MS, seen).verdict, goals.MET)
        seen = results("paced", "p99_ms", ours=[4, 9, 5.5])
        self.assertEqual(judged(AT_MOST_5_MS, seen).verdict, goals.NOT_MET)

    def test_one_condition_that_is_not_met_decides_the_goal(self):
        self.assertEqual(goals.verdict_of([goals.MET, goals.MET]), goals.MET)
        self.assertEqual(goals.verdict_of([goals.MET, goals.NO_VERDICT]), goals.NO_VERDICT)
        self.assertEqual(goals.verdict_of([goals.NO_VERDICT, goals.NOT_MET]), goals.NOT_MET)

    def test_goals_of_other_workloads_are_left_out(self):
        seen = results(ours=[60, 60, 60])
        names = [goal["id"] for goal, _, _ in goals.judge(goals.read(), seen, ["W3"])]
        self.assertEqual(names, ["P6"])

    def test_every_condition_of_the_file_names_what_is_measured(self):
        figures = {column[0] for column in report.COLUMNS}
        for goal in goals.read()["goals"]:
            for condition in goal["conditions"]:
                with self.subTest(goal["id"], condition=condition):
                    self.assertIn(condition["figure"], figures)
                    self.assertEqual(1, len({"at_least", "at_most"} & set(condition)))
                    measure = {m.name: m for m in plan.MEASURES[condition["workload"]]}
                    for name in (condition["of"], condition.get("against", condition["of"])):
                        self.assertTrue(measure[condition["measure"]].concerns(name))
                        taking_part = contestants.ALL[name].workloads
                        self.assertIn(condition["workload"], taking_part)
