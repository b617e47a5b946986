/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a context of the engine has the syndrome of an exception, and the
 * engine the number of instructions that it has executed. Two known exceptions
 * and a known PC are looked for in the one, a known count beside a known
 * budget in the other; a library in which one of them is not found exactly
 * once is not used.
 */
#include <malloc.h>
#include <string.h>

#include "sim/machine/die.h"
#include "sim/machine/engine_private.h"
#include "sim/machine/machine.h"

#define CANDIDATES 8
#define MAGIC_PC 0x00005a5a12345678ull
#define MAGIC_BUDGET 0x00001234a5a5a5a5ull

/* From PC: PC, PSTATE, "is AArch64", flags. */
#define FLAGS_AFTER_PC 16

static const uint8_t *context_bytes(const struct engine *engine)
{
	return (const uint8_t *)engine->scratch;
}

static uint32_t word_at(const struct engine *engine, size_t offset)
{
	uint32_t word;

	memcpy(&word, context_bytes(engine) + offset, sizeof(word));
	return word;
}

static uint64_t long_at(const struct engine *engine, size_t offset)
{
	uint64_t word;

	memcpy(&word, context_bytes(engine) + offset, sizeof(word));
	return word;
}

static void provoke(struct engine *engine, enum engine_stub word,
		    const char *what)
{
	engine->trapped = false;
	engine_check(uc_emu_start(engine->uc, engine->stub + 4 * word, 0, 0,
				  MAGIC_BUDGET), what);
	if (!engine->trapped)
		machine_die("PE: this Unicorn reports no exception at %s",
			    what);
}

/* Offsets of the syndrome of an SVC. */
static unsigned int find_svc(struct engine *engine, size_t *found)
{
	size_t size = uc_context_size(engine->uc);
	unsigned int n = 0;

	provoke(engine, STUB_SVC, "SVC");
	for (size_t at = 0; at + 4 <= size && n < CANDIDATES; at += 4) {
		if (word_at(engine, at) == STUB_SVC_ESR)
			found[n++] = at;
	}
	return n;
}

/*
 * An alignment fault at a known address: near one of the @count candidates is
 * its syndrome, and then its address and its target, in this order.
 */
static unsigned int find_abort(struct engine *engine, const size_t *found,
			       unsigned int count)
{
	uint64_t address = machine_conf()->ram[0].base + 5;
	struct engine_layout *layout = &engine->layout;
	unsigned int n = 0;

	engine_write_reg(engine, UC_ARM64_REG_X0, address);
	provoke(engine, STUB_LDXR, "misaligned LDXR");
	for (unsigned int i = 0; i < count; i++) {
		uint32_t esr = word_at(engine, found[i]);

		if (FIELD_GET(ESR_EC, (uint64_t)esr) != ESR_EC_DATA_ABORT)
			continue;
		for (size_t d = 4; d <= 16; d += 4) {
			if (long_at(engine, found[i] + d) != address ||
			    word_at(engine, found[i] + d + 8) != 1)
				continue;
			layout->esr = found[i];
			layout->far = found[i] + d;
			layout->el = found[i] + d + 8;
			n++;
		}
	}
	return n;
}

static unsigned int find_flags(struct engine *engine)
{
	size_t size = uc_context_size(engine->uc);
	unsigned int n = 0;

	engine_write_reg(engine, UC_ARM64_REG_PC, MAGIC_PC);
	engine_check(uc_context_save(engine->uc, engine->scratch), "context");
	for (size_t at = 0; at + FLAGS_AFTER_PC + 4 <= size; at += 4) {
		if (long_at(engine, at) != MAGIC_PC)
			continue;
		engine->layout.flags = at + FLAGS_AFTER_PC;
		n++;
	}
	return n;
}

/* One instruction of the budget has been executed: the last exception. */
static unsigned int find_count(struct engine *engine)
{
	const uint64_t *word = (const uint64_t *)engine->uc;
	size_t words = malloc_usable_size(engine->uc) / sizeof(*word);
	unsigned int n = 0;

	for (size_t i = 1; i < words; i++) {
		if (word[i] != MAGIC_BUDGET || word[i - 1] != 1)
			continue;
		engine->layout.count = (i - 1) * sizeof(*word);
		n++;
	}
	return n;
}

void engine_find_layout(struct engine *engine)
{
	size_t found[CANDIDATES];
	unsigned int count, major, minor;

	count = find_svc(engine, found);
	if (count && find_abort(engine, found, count) == 1 &&
	    find_count(engine) == 1 && find_flags(engine) == 1)
		return;
	uc_version(&major, &minor);
	machine_die("PE: Unicorn %u.%u keeps its state where nobody finds it",
		    major, minor);
}
