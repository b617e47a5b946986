# SPDX-License-Identifier: BSD-3-Clause
"""C as text: tokens, the bodies of functions, conditions as trees.

Enough C for rmm/, which is formatted by rule and has no #if around its checks.
What is not understood is an error, never passed over.
"""
import bisect
import re

TOKEN = re.compile(r"""
    (?P<skip>\s+|/\*.*?\*/|//[^\n]*)
  | (?P<hash>^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>[0-9][\w.]*)
  | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<mark><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=
      |[-+*/%&|^~!<>=?:;,.(){}\[\]])
""", re.VERBOSE | re.MULTILINE | re.DOTALL)

OPEN = {"(": ")", "[": "]", "{": "}"}


class Source:
	"""A file's text and tokens. Positions are indices of tokens."""

	def __init__(self, name, text):
		self.name = name
		self.text = text
		self.tokens = []
		self.starts = []
		self.newlines = [m.start() for m in re.finditer("\n", text)]
		at = 0
		while at < len(text):
			match = TOKEN.match(text, at)
			if not match:
				raise SyntaxError(f"{name}:{self.line_at(at)}")
			if match.lastgroup not in ("skip", "hash"):
				self.tokens.append(match.group())
				self.starts.append(at)
			at = match.end()
		self.pairs = self.match_brackets()

	def line_at(self, offset):
		return bisect.bisect_left(self.newlines, offset) + 1

	def line(self, at):
		return self.line_at(self.starts[at])

	def match_brackets(self):
		pairs, stack = {}, []
		for i, token in enumerate(self.tokens):
			if token in OPEN:
				stack.append(i)
			elif token in OPEN.values():
				start = stack.pop()
				if OPEN[self.tokens[start]] != token:
					raise SyntaxError(self.name)
				pairs[start] = i
		return pairs

	def span(self, first, end):
		"""Offsets of the text of tokens [first, end)."""
		last = end - 1
		return self.starts[first], self.starts[last] + len(self.tokens[last])

	def words(self, first, end):
		"""The text of tokens [first, end), without comments, in a line."""
		start, stop = self.span(first, end)
		text = re.sub(r"/\*.*?\*/", "", self.text[start:stop],
			      flags=re.DOTALL)
		return re.sub(r"\s+", " ", text).strip()

	def top_level(self, first, end):
		"""Tokens of [first, end) that are in no brackets there."""
		at = first
		while at < end:
			yield at
			at = self.pairs.get(at, at) + 1

	def find(self, marks, first, end):
		return [i for i in self.top_level(first, end)
			if self.tokens[i] in marks]

	def functions(self):
		"""(name, returns bool, first token of the body, its end)"""
		start = 0
		for i in self.top_level(0, len(self.tokens)):
			if self.tokens[i] == "{" and self.tokens[i - 1] == ")":
				head = self.find("(", start, i)[0]
				yield (self.tokens[head - 1],
				       "bool" in self.tokens[start:head - 1] and
				       "*" not in self.tokens[start:head - 1],
				       i + 1, self.pairs[i])
			if self.tokens[i] in ("{", ";"):
				start = self.pairs.get(i, i) + 1

	def statement_end(self, at):
		"""Behind the statement that starts at @at."""
		token = self.tokens[at]
		if token == "{":
			return self.pairs[at] + 1
		if token in ("if", "while", "for", "switch"):
			end = self.statement_end(self.pairs[at + 1] + 1)
			if token == "if" and self.tokens[end] == "else":
				end = self.statement_end(end + 1)
			return end
		if token == "do":
			at = self.statement_end(at + 1)
		return self.find(";", at, len(self.tokens))[0] + 1


class Condition:
	"""Tokens [first, end): "||", "&&", "!" of parts, a comparison, a leaf."""

	def __init__(self, source, first, end):
		self.source = source
		while (source.tokens[first] == "(" and
		       source.pairs[first] == end - 1):
			first, end = first + 1, end - 1
		self.first, self.end = first, end
		self.parts = []
		self.kind = "leaf"
		self.parse()

	def parse(self):
		source, first, end = self.source, self.first, self.end
		if source.find("?", first, end):
			return
		for kind in ("||", "&&"):
			marks = source.find((kind,), first, end)
			if marks:
				self.kind = kind
				for at in marks + [end]:
					self.parts.append(
						Condition(source, first, at))
					first = at + 1
				return
		if (source.tokens[first] == "!" and
		    source.tokens[first + 1] == "(" and
		    source.pairs[first + 1] == end - 1):
			part = Condition(source, first + 1, end)
			if part.kind != "leaf":
				self.kind = "!"
				self.parts.append(part)
			return
		marks = source.find(("<", "<=", ">", ">="), first, end)
		if (len(marks) == 1 and
		    not source.find(("&", "|", "^", "==", "!="), first, end)):
			self.kind = "compare"
			self.mark = marks[0]

	def text(self):
		return self.source.words(self.first, self.end)

	def absorbing(self):
		"""What it is when a part decides alone; None of one part."""
		if self.kind == "!":
			inner = self.parts[0].absorbing()
			return None if inner is None else not inner
		return {"||": True, "&&": False}.get(self.kind)
