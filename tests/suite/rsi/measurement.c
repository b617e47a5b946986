/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements: RSI_MEASUREMENT_READ and _EXTEND, and what of the host's doing
 * is in the RIM.
 */
#include <string.h>

#include "tests/suite/rim.h"
#include "tests/suite/rsi/tables.h"

#define READ(index) { SMC_RSI_MEASUREMENT_READ, index }
#define EXTEND(index, size) { SMC_RSI_MEASUREMENT_EXTEND, index, size }
#define ZEROS R(1, 0), R(2, 0), R(3, 0), R(4, 0)

static const struct inside insides[] = {
	{ "the first REM starts with zeros", "RSI 3.1", .x = READ(1),
	  .out = { R(0, RSI_SUCCESS), ZEROS } },
	{ "the last REM starts with zeros", "RSI 3.1", .x = READ(4),
	  .out = { R(0, RSI_SUCCESS), ZEROS } },
	{ "READ fills what the hash leaves with zeros", "RSI 1.10", true,
	  .x = READ(1), .out = { R(0, RSI_SUCCESS), R(5, 0), R(6, 0), R(7, 0),
				 R(8, 0) } },
	{ "READ of register 5", .x = READ(5),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "READ of the last of all registers", .x = READ(ALL_ONES),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "EXTEND of the RIM", .x = EXTEND(0, 32),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "EXTEND of register 5", .x = EXTEND(5, 32),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "EXTEND by 65 bytes", .x = EXTEND(1, 65),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "EXTEND by more bytes than there are", .x = EXTEND(1, ALL_ONES),
	  .out = { R(0, RSI_ERROR_INPUT) } },
	{ "EXTEND by no byte", .x = EXTEND(1, 0),
	  .out = { R(0, RSI_SUCCESS), R(1, 0), R(2, 0), R(3, 0) } },
};

/* ---- REMs ---------------------------------------------------------------- */

/* Register @index into @value. An RMM may leave what it does not need. */
static bool read_register(uint64_t index, uint8_t value[RIM_SIZE])
{
	struct agent_box *box = guest_box();

	memset(box->x, 0, sizeof(box->x));
	box->x[0] = SMC_RSI_MEASUREMENT_READ;
	box->x[1] = index;
	if (!expect_result("REC_ENTER", RMI_SUCCESS,
			   guest_start(AGENT_SMC, 0)) ||
	    !expect("the realm goes on", guest_done()) ||
	    !expect_value("x0 of READ", RSI_SUCCESS, box->x[0]))
		return false;
	memcpy(value, &box->x[1], RIM_SIZE);
	return true;
}

/* The bytes 1, 2, ... @size to REM @index. */
static bool extend(uint64_t index, uint64_t size)
{
	struct agent_box *box = guest_box();
	uint8_t bytes[RIM_SIZE];

	for (unsigned int i = 0; i < RIM_SIZE; i++)
		bytes[i] = (uint8_t)(i + 1);
	memcpy(&box->x[3], bytes, RIM_SIZE);
	box->x[0] = SMC_RSI_MEASUREMENT_EXTEND;
	box->x[1] = index;
	box->x[2] = size;
	return expect_result("REC_ENTER", RMI_SUCCESS,
			     guest_start(AGENT_SMC, 0)) &&
	       expect("the realm goes on", guest_done()) &&
	       expect_value("x0 of EXTEND", RSI_SUCCESS, box->x[0]);
}

static void expect_register(uint64_t index, const uint8_t want[RIM_SIZE])
{
	uint8_t value[RIM_SIZE];

	if (read_register(index, value))
		expect("the register is what was computed here",
		       !memcmp(value, want, RIM_SIZE));
}

static const uint8_t rem_32[RIM_SIZE] = {
	0x0b, 0x8f, 0x4c, 0x5b, 0x6a, 0xdc, 0x4c, 0x08,
	0x7a, 0xb9, 0xf4, 0x3a, 0xae, 0xb6, 0x00, 0x70,
	0x84, 0xc2, 0x64, 0xad, 0xca, 0xa3, 0xcb, 0x07,
	0x17, 0x6b, 0x79, 0x23, 0x42, 0x85, 0x04, 0x12,
};

static const uint8_t rem_64[RIM_SIZE] = {
	0x43, 0xb8, 0x24, 0x55, 0xef, 0x09, 0x91, 0xfa,
	0x22, 0x37, 0x9b, 0x32, 0x81, 0xe5, 0x3b, 0x7f,
	0x44, 0xd1, 0x16, 0x98, 0x68, 0xc7, 0xb7, 0xc4,
	0x20, 0x28, 0x3f, 0x6d, 0x8e, 0x6e, 0xfd, 0xe2,
};

static void extend_32(void)
{
	call_subject();
	if (extend(1, 32))
		expect_register(1, rem_32);
}

static void extend_64(void)
{
	call_subject();
	if (extend(4, 64))
		expect_register(4, rem_64);
}

/* Whatever the recipe: this REM changes, and no other. */
static void extend_changes(void)
{
	static const uint8_t zero[RIM_SIZE];
	uint8_t before[RIM_SIZE], rim[RIM_SIZE], after[RIM_SIZE];

	if (!read_register(0, rim) || !read_register(2, before))
		return;
	call_subject();
	if (!extend(2, 32) || !read_register(2, after))
		return;
	expect("the register has changed", memcmp(before, after, RIM_SIZE));
	expect_register(0, rim);
	expect_register(1, zero);
	expect_register(3, zero);
	expect_register(4, zero);
}

static void extend_twice(void)
{
	uint8_t once[RIM_SIZE], twice[RIM_SIZE];

	if (!extend(1, 32) || !read_register(1, once))
		return;
	call_subject();
	if (extend(1, 32) && read_register(1, twice))
		expect("the old value is in the new one",
		       memcmp(once, twice, RIM_SIZE));
}

/* ---- The RIM ------------------------------------------------------------- */

enum recipe { PARAMS_FIRST, ZERO_FIRST };

static uint8_t want[2][RIM_SIZE];

/* What the scene's realm has, with one REC. */
static void compute_scene(void)
{
	static struct realm_params realm;
	static uint8_t code[GRANULE];
	static struct rec_params rec;

	scene_realm_params(value_of(NS), 0);
	memcpy(&realm, port->memory(value_of(NS)), sizeof(realm));
	rim_start_params(want[PARAMS_FIRST], &realm);
	rim_start_zero(want[ZERO_FIRST]);
	guest_put_agent(code);
	scene_rec_params(value_of(NS), 0, RMI_REC_PARAM_FLAG_RUNNABLE, U_BOX,
			 value_of(BOX));
	memcpy(&rec, port->memory(value_of(NS)), sizeof(rec));
	for (unsigned int i = 0; i < 2; i++) {
		rim_data(want[i], P_CODE, RMI_MEASURE_CONTENT, code);
		rim_rec(want[i], &rec);
	}
}

static void compute_data(uint64_t ipa, uint64_t flags)
{
	const void *page = port->memory(value_of(SRC));

	for (unsigned int i = 0; i < 2; i++)
		rim_data(want[i], ipa, flags, page);
}

/* The realm starts, and its RIM must be as computed. */
static void expect_rim(bool either)
{
	uint8_t value[RIM_SIZE];

	if (!scene_activate() || !guest_begin())
		return;
	call_subject();
	if (read_register(0, value))
		expect("the RIM is what was computed here",
		       !memcmp(value, want[PARAMS_FIRST], RIM_SIZE) ||
			       (either && !memcmp(value, want[ZERO_FIRST],
						  RIM_SIZE)));
}

static void rim_of_scene(void)
{
	compute_scene();
	expect_rim(true);
}

static void rim_of_scene_strict(void)
{
	compute_scene();
	expect_rim(false);
}

static void add_page(uint64_t flags)
{
	memset(port->memory(value_of(SRC)), 0x5a, GRANULE);
	expect_result("RTT_DATA_MAP_INIT", RMI_SUCCESS,
		      driven(RTT_DATA_MAP_INIT, value_of(RD), value_of(FRESH),
			     P_EMPTY2, value_of(SRC), flags));
	compute_data(P_EMPTY2, flags);
}

static void rim_of_measured_page(void)
{
	compute_scene();
	add_page(RMI_MEASURE_CONTENT);
	expect_rim(true);
}

static void rim_of_unmeasured_page(void)
{
	compute_scene();
	add_page(0);
	expect_rim(true);
}

/* Tables, RIPAS, memory without contents and RECs that cannot run. */
static void rim_of_the_rest(void)
{
	compute_scene();
	expect_result("RTT_INIT_RIPAS", RMI_SUCCESS,
		      driven(RTT_INIT_RIPAS, value_of(RD), B_VOID, B_RAM));
	expect_result("RTT_CREATE", RMI_SUCCESS,
		      driven(RTT_CREATE, value_of(RD), value_of(FRESH), G_VOID,
			     2));
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), P_EMPTY2,
			     P_EMPTY2 + GRANULE, RMI_OADDR_SINGLE,
			     value_of(PAGES(FRESH + GRANULE, 1))));
	scene_rec_params(value_of(PARAMS), 2, 0, 0, 0);
	expect_result("REC_CREATE", RMI_SUCCESS,
		      driven(REC_CREATE, value_of(RD),
			     value_of(FRESH + 2 * GRANULE),
			     value_of(PARAMS)));
	expect_rim(true);
}

static const struct story stories[] = {
	{ "EXTEND by 32 bytes", "RSI 3.4", true, .tell = extend_32 },
	{ "EXTEND by 64 bytes", "RSI 3.4", true, .tell = extend_64 },
	{ "EXTEND changes one register", .tell = extend_changes },
	{ "EXTEND takes the old value in", .tell = extend_twice },
	{ "the RIM is one of the two that are known", "RSI 3.3",
	  .scene = SCENE_RECS, .tell = rim_of_scene },
	{ "the RIM starts with the parameters", "10.6", true, SCENE_RECS,
	  rim_of_scene_strict },
	{ "a page with measured contents is in the RIM", "RSI 3.2",
	  .scene = SCENE_RECS, .tell = rim_of_measured_page },
	{ "a page without measured contents is in the RIM", "RSI 3.2",
	  .scene = SCENE_RECS, .tell = rim_of_unmeasured_page },
	{ "nothing else is in the RIM", "RSI 3.3", .scene = SCENE_RECS,
	  .tell = rim_of_the_rest },
};

const struct table rsi_measurement_table = {
	.name = "RSI measurements", .section = "RSI 1.10", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(insides), STORIES(stories),
};
