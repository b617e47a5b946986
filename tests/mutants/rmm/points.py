# SPDX-License-Identifier: BSD-3-Clause
"""Which mutants of rmm/ there are: made from its conditions, by rule.

Of each condition of an `if`, a `return`, an assignment or a loop:

	never, always	a condition of one part; of several parts, the one of
			both that a single part brings about
	without		a part of several: the rest decides
	boundary	of a comparison: < is <=, > is >=, and the reverse

and of what no condition stands before:

	success		instead of a failure, at the end of a function
	flipped		a constant that a function of type bool returns
	sooner		of two checks in a row that fail with different
			statuses: the second comes first

The RMM's checks of itself (audit, lock order, ledger, *_sound(), rmm_assert()) are
no checks of a command.
"""
import glob
import os
import re
from dataclasses import dataclass, field

from c_text import Condition, Source

ITS_OWN = re.compile(r"^rmm/(audit|lock_order|ledger)\.[ch]$|_sound$")
FAILURE = re.compile(r"^(RMI_(ERROR_\w+|BUSY|BLOCKED)|RSI_ERROR_\w+|"
		     r"PSCI_(NOT_SUPPORTED|INVALID_\w+|DENIED|ALREADY_ON)|"
		     r"SMCCC_NOT_SUPPORTED)$")
SWAPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}

# Asking these twice, or at another moment, is another thing.
ACTS = re.compile(r"\b(\w*lock\w*|\w*claim\w*|\w*change\w*|\w*alloc\w*|"
		  r"\w*open\w*|\w*move\w*|\w*mark|ns_write)\(")


@dataclass
class Mutant:
	file: str
	line: int
	function: str
	what: str
	text: str
	again: int = 1 # the how manieth of its function that reads so
	number: int = -1

	def name(self):
		again = f" [{self.again}]" if self.again > 1 else ""
		return (f"{self.file} {self.function}: {self.what} "
			f"{self.text}{again}")


@dataclass
class Unit:
	"""A file: its mutants, and the changes of text that bring them in."""
	source: Source
	mutants: list = field(default_factory=list)
	edits: list = field(default_factory=list) # (start, end, text)
	covered: list = field(default_factory=list) # offsets, (start, end)


def success_of(failure):
	return failure.split("_")[0].replace("SMCCC", "PSCI") + "_SUCCESS"


class Finder:
	"""Fills in a Unit, a function at a time."""

	def __init__(self, unit, numbers):
		self.unit = unit
		self.source = unit.source
		self.tokens = unit.source.tokens
		self.numbers = numbers
		self.function = None
		self.names = {name for name, *_ in unit.source.functions()}
		self.sooner = {} # token of an if: its mutant

	def add(self, at, what, text):
		mutant = Mutant(self.source.name, self.source.line(at),
				self.function, what, text)
		mutant.number = next(self.numbers)
		mutant.again += sum(
			(m.function, m.what, m.text) ==
			(self.function, what, text) for m in self.unit.mutants)
		self.unit.mutants.append(mutant)
		return mutant.number

	def edit(self, first, end, text):
		start, stop = self.source.span(first, end)
		lines = self.source.text.count("\n", start, stop)
		self.unit.edits.append((start, stop, text + "\n" * lines))

	def cover(self, first, end):
		self.unit.covered.append(self.source.span(first, end))

	# ---- Conditions --------------------------------------------------

	def force(self, condition, value, what, text):
		number = self.add(condition.first, what, condition.text())
		return f"MUTANT({number}, {str(value).lower()}, {text})"

	def compare(self, condition):
		source, mark = self.source, condition.mark
		number = self.add(condition.first, "boundary", condition.text())
		sides = (source.words(condition.first, mark),
			 source.words(mark + 1, condition.end))
		op = self.tokens[mark]
		return (f"MUTANT_COMPARE({number}, {sides[0]}, {op}, "
			f"{SWAPPED[op]}, {sides[1]})")

	def weave(self, condition):
		"""The text of @condition, with the mutants of its parts."""
		if condition.kind == "leaf":
			return f"({condition.text()})"
		if condition.kind == "compare":
			return self.compare(condition)
		if condition.kind == "!":
			return f"!({self.weave(condition.parts[0])})"
		neutral = condition.kind == "&&"
		parts = [self.force(part, neutral, "without", self.weave(part))
			 for part in condition.parts]
		return "(" + f" {condition.kind} ".join(parts) + ")"

	def condition(self, first, end, loop=False):
		"""Weaves tokens [first, end); of a loop only the parts."""
		condition = Condition(self.source, first, end)
		whole = condition.absorbing()
		if loop and whole is None:
			return
		text = self.weave(condition)
		for value in (False, True) if whole is None else (whole,):
			if not loop:
				text = self.force(condition, value,
						  "always" if value else
						  "never", text)
		if first - 1 in self.sooner:
			text = f"MUTANT_NOTE({self.sooner[first - 1]}, {text})"
		self.edit(first, end, text)

	# ---- Statements --------------------------------------------------

	def plain_check(self, at):
		"""If an if without else only returns: (if's end, what)."""
		if self.tokens[at] != "if":
			return None
		end = self.source.statement_end(at)
		body = self.source.pairs[at + 1] + 1
		if self.tokens[body] != "return" or self.tokens[end] == "else":
			return None
		return end, self.source.words(body, end)

	def moved(self, at):
		"""The check behind the one at @at comes before it."""
		here = self.plain_check(at)
		there = here and self.plain_check(here[0])
		if not there or here[1] == there[1]:
			return
		second = here[0]
		text = self.source.words(second + 2,
					 self.source.pairs[second + 1])
		first = self.source.words(at + 2, self.source.pairs[at + 1])
		if ACTS.search(text) or ACTS.search(first):
			return
		number = self.add(second, "sooner", text)
		self.sooner[at + 1] = number
		start = self.source.starts[at]
		self.unit.edits.append((start, start, f"if (mutant_is({number})"
					f" && ({text})) {there[1]} "))

	def value(self, first, end, bool_function):
		"""What is returned or assigned: tokens [first, end)."""
		marks = self.source.find("?", first, end)
		if marks:
			self.condition(first, marks[0])
			return True
		words = self.source.find(("&&", "||"), first, end)
		if words or bool_function and end - first > 1 and \
		   not self.is_own_call(first, end):
			self.condition(first, end)
			return True
		return False

	def is_own_call(self, first, end):
		"""Only what a function of this file says, which has mutants."""
		return (self.tokens[first] in self.names and
			self.source.pairs.get(first + 1) == end - 1)

	def statement(self, at, bool_function):
		"""Weaves what starts at token @at; covers what it decides."""
		token = self.tokens[at]
		end = self.source.statement_end(at) if token in (
			"if", "return") else at + 1
		if token == "if":
			self.moved(at)
			self.condition(at + 2, self.source.pairs[at + 1])
			self.cover(at, end)
		elif token == "while":
			self.condition(at + 2, self.source.pairs[at + 1], True)
		elif token == "return" and end > at + 2:
			if self.value(at + 1, end - 1, bool_function):
				self.cover(at, end)
			elif bool_function and not self.is_covered(at):
				self.flip(at + 1)
				self.cover(at, end)
		elif (token == "=" and self.tokens[at + 1] != "{" and
		      "[" not in self.tokens[at + 1]):
			end = min(self.source.find((";", ","), at,
						   len(self.tokens)))
			declares = self.tokens[at - 2:at - 1] == ["bool"]
			if self.value(at + 1, end, declares):
				self.cover(at, end)

	def is_covered(self, at):
		start = self.source.starts[at]
		return any(a <= start < b for a, b in self.unit.covered)

	def flip(self, at):
		value = self.tokens[at]
		other = {"true": "false", "false": "true"}.get(value)
		if not other:
			return
		number = self.add(at, "flipped", f"return {value}")
		self.edit(at, at + 1, f"MUTANT_VALUE({number}, {other}, {value})")

	def failure(self, at):
		number = self.add(at, "success", self.source.words(
			at - 2 if self.tokens[at - 1] == "=" else at - 1,
			at + 1))
		value = self.tokens[at]
		self.edit(at, at + 1, f"MUTANT_VALUE({number}, "
			  f"{success_of(value)}, {value})")
		self.cover(at, at + 1)

	def walk(self, name, bool_function, first, end):
		self.function = name
		for at in range(first, end):
			if self.tokens[at] == "for":
				continue
			self.statement(at, bool_function)
		for at in range(first, end):
			if (FAILURE.match(self.tokens[at]) and
			    self.tokens[at - 1] != "case" and
			    not self.is_covered(at)):
				self.failure(at)


def files():
	"""All of rmm/, in an order that is always the same."""
	return sorted(f for pattern in ("rmm/*.[ch]", "rmm/r[ms]i/*.[ch]")
		      for f in glob.glob(pattern))


def units(top="."):
	"""All of them, as Units; mutants are numbered through."""
	os.chdir(top)
	numbers = iter(range(1, 1 << 30))
	for name in files():
		with open(name, encoding="ascii") as file:
			unit = Unit(Source(name, file.read()))
		finder = Finder(unit, numbers)
		if not ITS_OWN.search(name):
			for function in unit.source.functions():
				if ITS_OWN.search(function[0]):
					finder.cover(*function[2:])
				else:
					finder.walk(*function)
		yield unit
