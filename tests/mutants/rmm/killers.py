# SPDX-License-Identifier: BSD-3-Clause
"""The tests that may notice a mutant: the conditions of the suite, by command,
and the cases of tests/rmm. Each says which mutants it can notice at all, as it
comes by a place where they differ.
"""
import glob
import mmap
import os
import pickle
import re
import signal
import subprocess
import tempfile

SEEN = 4096 # MUTANTS_MAX


class Killer:
	def __init__(self, name, command, case=""):
		self.name = name
		self.command = command
		self.environment = {"MUTANT_CASE": case} if case else {}
		self.seconds = 0.0 # of CPU
		self.seen = bytes(SEEN)

	def start(self, environment):
		seconds = int(5 + 5 * self.seconds)
		return subprocess.Popen(
			self.command, env=os.environ | self.environment |
			{"CMOCKA_MESSAGE_OUTPUT": "TAP",
			 "MUTANT_SECONDS": str(seconds)} | environment,
			stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
			encoding="ascii", errors="replace")

	def survey(self):
		"""Finds out what it sees, and how long it takes."""
		with tempfile.TemporaryFile() as file:
			file.truncate(SEEN)
			seen = mmap.mmap(file.fileno(), SEEN)
			name = f"/proc/{os.getpid()}/fd/{file.fileno()}"
			process = self.start({"MUTANT_SEEN": name})
			said = process.stdout.read()
			process.stdout.close()
			_, status, usage = os.wait4(process.pid, 0)
			process.returncode = status
			self.seconds = usage.ru_utime + usage.ru_stime
			self.seen = bytes(seen)
		if status or "\nok " not in "\n" + said:
			raise SystemExit(f"{self.name} fails without a mutant:\n"
					 + said)

	def notices(self, number):
		"""What fails first with the mutant @number; "" if nothing."""
		process = self.start({"MUTANT": str(number)})
		failed, panic = "", ""
		for line in process.stdout:
			match = re.match(r"not ok \d+ - (.*)", line)
			if match and " # SKIP" not in line:
				failed = match.group(1).strip()
				process.kill()
				break
			if "panic" in line:
				panic = " (panic)"
		process.stdout.close()
		process.wait()
		return failed or how(process.returncode, panic)


def how(code, panic):
	if code == 0:
		return ""
	if -code in (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM):
		return "does not end"
	if code < 0:
		return signal.Signals(-code).name + panic
	return f"exit code {code}{panic}"


def cases_of(folder, source):
	"""A Killer each case of a cmocka program."""
	with open(source, encoding="ascii") as file:
		cases = re.findall(r"^static void (\w+)\(void \*\*state\)$",
				   file.read(), re.MULTILINE)
	name = source[:-2]
	return [Killer(name[6:], [f"{folder}/{name}"], case) for case in cases]


def in_order(killers):
	"""The shortest come first, and what is about little else."""
	return sorted(killers, key=lambda k: k.seconds * sum(k.seen))


def unsurveyed(folder):
	suite = [f"{folder}/tests/suite/suite", "--rmm",
		 f"{folder}/tests/suite/sim.so"]
	conditions = subprocess.run(suite + ["--list"], check=True,
				    stdout=subprocess.PIPE, encoding="ascii")
	tables = dict.fromkeys(line.split(":")[0]
			       for line in conditions.stdout.splitlines())
	killers = [Killer(f"suite {table}",
			  suite + ["--tap", "--only", f"{table}:"])
		   for table in tables]
	for source in sorted(glob.glob("tests/rmm/test_*.c")):
		killers += cases_of(folder, source)
	return killers


def surveyed(folder, pool):
	"""All of them. What was found out is kept in FOLDER/survey."""
	killers = unsurveyed(folder)
	kept = f"{folder}/survey"
	files = [f"{folder}/tests/suite/sim.so"]
	files += [killer.command[0] for killer in killers]
	made = max(os.path.getmtime(file) for file in files)
	if os.path.exists(kept) and os.path.getmtime(kept) > made:
		with open(kept, "rb") as file:
			return in_order(pickle.load(file))
	list(pool.map(Killer.survey, killers))
	with open(kept, "wb") as file:
		pickle.dump(killers, file)
	return in_order(killers)
