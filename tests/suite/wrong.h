/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An RMM that lies: a port around another one, which answers wrongly the one
 * call that each condition is about. A condition that does not fail then proves
 * nothing.
 */
#ifndef SUITE_WRONG_H
#define SUITE_WRONG_H

#include <stdbool.h>

#include "tests/suite/port.h"

/* WRONG(NAME, what is wrong) */
#define WRONG_TABLE(WRONG) \
	WRONG(SUCCESS, "SUCCESS where the call was refused") \
	WRONG(STATUS, "another error than it was, or one where none was") \
	WRONG(INDEX, "ERROR_RTT with the next level") \
	WRONG(RESULT, "another x1") \
	WRONG(IDLE, "the right answer, and nothing done") \
	WRONG(HARM, "refused, and a granule changed hands all the same") \
	WRONG(EXIT, "a REC exit of zeros") \
	WRONG(REALM, "other results for the realm")

enum wrong {
	WRONG_NOTHING, /* and right answers are noted down */
#define WRONG_ENUM(name, what) WRONG_##name,
	WRONG_TABLE(WRONG_ENUM)
#undef WRONG_ENUM
	WRONGS
};

const char *wrong_text(enum wrong wrong);

/*
 * The port that does this, with granules of so many bytes. What it answers
 * depends on what a run of WRONG_NOTHING has noted, of the same conditions in
 * the same order.
 */
const struct suite_port *wrong_port(const struct suite_port *inner,
				    uint64_t granule, enum wrong wrong);

/* True if the lie is one in the condition that is next. */
bool wrong_applies(void);

/* After each condition: true if it was lied to. Goes on to the next one. */
bool wrong_next(void);

#endif
