# SPDX-License-Identifier: BSD-3-Clause
"""tests/mutants/rmm/spared: mutants that no test kills, each with its reason.

	same FILE FUNCTION: WHAT TEXT		nobody can tell it from the RMM
		why
	alive FILE FUNCTION: WHAT TEXT		somebody could; no test does
		why
"""
import os

FILE = os.path.join(os.path.dirname(__file__), "spared")


def read():
	"""{name: (kind, line, reason)}"""
	spared, name = {}, None
	with open(FILE, encoding="ascii") as file:
		for number, line in enumerate(file, 1):
			line = line.rstrip("\n")
			if line.startswith("\t") and name:
				spared[name][2].append(line.strip())
			elif line.startswith(("same ", "alive ", "bare ")):
				kind, name = line.split(" ", 1)
				if name in spared:
					raise SystemExit(f"{FILE}:{number}: "
							 "a second time")
				spared[name] = (kind, number, [])
			elif line and not line.startswith("#"):
				raise SystemExit(f"{FILE}:{number}: {line}")
	return spared


def errors(spared, names):
	"""What is wrong with it, given the names of all mutants."""
	for name, (_, number, reason) in spared.items():
		if name not in names:
			yield f"{FILE}:{number}: no such mutant: {name}"
		if not reason:
			yield f"{FILE}:{number}: no reason"
