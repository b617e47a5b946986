/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an access of the realm comes to, by HIPAS and RIPAS, and how the host
 * answers an abort that it is told of.
 */
#include "tests/suite/rsi/tables.h"

#define WORKS(what, how, ipa) \
	{ what, .op = AGENT_##how, .x = { ipa, 0x55 } }
#define SEA(what, how, ipa) \
	{ what, .op = AGENT_##how, .x = { ipa, 0x55 }, .end = TAKES, \
	  .class = ESR_EC_DATA_ABORT, .fsc = FSC_EXTERNAL }
#define FETCH_SEA(what, ipa) \
	{ what, .op = AGENT_FETCH, .x = { ipa }, .end = TAKES, \
	  .class = ESR_EC_INST_ABORT, .fsc = FSC_EXTERNAL }

#define EC(class) EXIT_MASKED(esr, ESR_EC, FIELD_PREP(ESR_EC, class))
#define FSC(code) EXIT_MASKED(esr, ESR_ABORT_FSC, code)
#define WHERE(ipa) \
	EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR((ipa) & ~(GRANULE - 1)))

/* The host learns the granule, and nothing of the instruction. */
#define ABORTS(what, how, ipa, code) \
	{ what, .op = AGENT_##how, .x = { ipa, 0x55 }, .end = LEAVES, \
	  .reason = RMI_EXIT_SYNC, \
	  .exit = { EC(ESR_EC_DATA_ABORT_LOWER), FSC(code), WHERE(ipa), \
		    EXIT_MASKED(esr, ESR_ABORT_ISV | ESR_ABORT_SRT, 0), \
		    EXIT(far, 0), EXIT(gprs[0], 0) } }
#define FETCH_ABORTS(what, ipa, code) \
	{ what, .op = AGENT_FETCH, .x = { ipa }, .end = LEAVES, \
	  .reason = RMI_EXIT_SYNC, \
	  .exit = { EC(ESR_EC_INST_ABORT_LOWER), FSC(code), WHERE(ipa), \
		    EXIT(far, 0), EXIT(gprs[0], 0) } }

/* Outside the protected half it learns enough to emulate the access. */
#define EMULATABLE(what, how, ipa, code, sas, wnr, value) \
	{ what, .op = AGENT_##how, .x = { ipa, 0x22334455667788 }, \
	  .end = LEAVES, .reason = RMI_EXIT_SYNC, \
	  .exit = { EC(ESR_EC_DATA_ABORT_LOWER), FSC(code), WHERE(ipa), \
		    EXIT_MASKED(esr, ESR_ABORT_ISV | ESR_ABORT_SAS | \
				ESR_ABORT_WNR | ESR_ABORT_SRT | \
				ESR_ABORT_SSE, \
				ESR_ABORT_ISV | \
				FIELD_PREP(ESR_ABORT_SAS, sas) | \
				FIELD_PREP(ESR_ABORT_WNR, wnr)), \
		    EXIT(far, (ipa) & (GRANULE - 1)), EXIT(gprs[0], value) } }

#define TRANSLATION(level) (FSC_TRANSLATION + (level))
#define PERMISSION(level) (FSC_PERMISSION + (level))
#define IN(page) ((page) + HALF + 0x128)

/* Behind the CPU's own addresses stage 1 has faults of its own. */
static bool ipa_ends_early(void)
{
	rmi(FEATURES, 0);
	if (FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, answer[1]) <= IPA_BITS)
		verdict_skip("IPAs are not wider than the realm's");
	return !verdict.skipped;
}

static const struct inside access_insides[] = {
	WORKS("DATA/RAM is read", LDR, P_DATA_RAM),
	WORKS("DATA/RAM is written", STR, P_DATA_RAM),
	SEA("DATA/EMPTY is read", LDR, P_DATA_EMPTY),
	SEA("DATA/EMPTY is written", STR, P_DATA_EMPTY),
	FETCH_SEA("DATA/EMPTY is executed", P_DATA_EMPTY),
	SEA("VOID/EMPTY is read", LDR, P_VOID_EMPTY),
	SEA("VOID/EMPTY is written", STR, P_VOID_EMPTY),
	FETCH_SEA("VOID/EMPTY is executed", P_VOID_EMPTY),
	SEA("an EMPTY block is read", LDR, B_VOID + 8),
	SEA("an EMPTY entry of the root is read", LDR, G_VOID + 8),
	SEA("EMPTY is read by a pair", LDP, P_VOID_EMPTY),
	ABORTS("VOID/RAM is read", LDR, IN(P_VOID_RAM), TRANSLATION(3)),
	ABORTS("VOID/RAM is written", STR, IN(P_VOID_RAM), TRANSLATION(3)),
	FETCH_ABORTS("VOID/RAM is executed", P_VOID_RAM, TRANSLATION(3)),
	ABORTS("a RAM block is read", LDR, B_RAM, TRANSLATION(2)),
	ABORTS("VOID/DESTROYED is read", LDR, P_VOID_DESTROYED,
	       TRANSLATION(3)),
	ABORTS("VOID/DESTROYED is written", STR, P_VOID_DESTROYED,
	       TRANSLATION(3)),
	FETCH_ABORTS("VOID/DESTROYED is executed", P_VOID_DESTROYED,
		     TRANSLATION(3)),
	ABORTS("DATA/DESTROYED is read", LDR, P_DATA_DESTROYED,
	       TRANSLATION(3)),
	ABORTS("DATA/DESTROYED is written", STR, P_DATA_DESTROYED,
	       TRANSLATION(3)),
	FETCH_ABORTS("DATA/DESTROYED is executed", P_DATA_DESTROYED,
		     TRANSLATION(3)),
	WORKS("MAPPED_NS is read", LDR, U_BOX2),
	WORKS("MAPPED_NS is written", STR, U_BOX2),
	FETCH_SEA("MAPPED_NS is executed", U_BOX2),
	WORKS("read-only MAPPED_NS is read", LDR, U_RO),
	EMULATABLE("read-only MAPPED_NS is written", STR, IN(U_RO),
		   PERMISSION(3), 3, 1, 0x22334455667788),
	EMULATABLE("UNMAPPED_NS is read", LDR, IN(U_FREE), TRANSLATION(3), 3,
		   0, 0),
	EMULATABLE("UNMAPPED_NS is written", STR, IN(U_FREE), TRANSLATION(3),
		   3, 1, 0x22334455667788),
	EMULATABLE("an UNMAPPED_NS block is read", LDR, IN(UB_VOID),
		   TRANSLATION(2), 3, 0, 0),
	FETCH_SEA("UNMAPPED_NS is executed", U_FREE),
	EMULATABLE("a byte is written", STRB, IN(U_FREE) + 1, TRANSLATION(3),
		   0, 1, 0x88),
	EMULATABLE("half a word is written", STRH, IN(U_FREE),
		   TRANSLATION(3), 1, 1, 0x7788),
	EMULATABLE("a word is written", STRW, IN(U_FREE), TRANSLATION(3), 2,
		   1, 0x55667788),
	EMULATABLE("xzr is written", STR_XZR, IN(U_FREE), TRANSLATION(3), 3,
		   1, 0),
	EMULATABLE("a byte is read", LDRB, IN(U_FREE) + 1, TRANSLATION(3), 0,
		   0, 0),
	EMULATABLE("half a word is read", LDRH, IN(U_FREE), TRANSLATION(3),
		   1, 0, 0),
	EMULATABLE("a word is read", LDRW, IN(U_FREE), TRANSLATION(3), 2, 0,
		   0),
	ABORTS("UNMAPPED_NS is read by a pair", LDP, U_FREE, TRANSLATION(3)),
	ABORTS("UNMAPPED_NS is written by a pair", STP, U_FREE,
	       TRANSLATION(3)),
	{ "behind the IPA space is read", .op = AGENT_LDR,
	  .x = { IPA_END + 8 }, .end = TAKES, .class = ESR_EC_DATA_ABORT },
	{ "behind the IPA space is executed", .op = AGENT_FETCH,
	  .x = { IPA_END }, .end = TAKES, .class = ESR_EC_INST_ABORT },
	{ "behind the IPA space is an external abort", "RSI 5.2", true,
	  ipa_ends_early, .op = AGENT_LDR, .x = { IPA_END + 8 }, .end = TAKES,
	  .class = ESR_EC_DATA_ABORT, .fsc = FSC_EXTERNAL },
};

const struct table access_table = {
	.name = "accesses", .section = "6.4, RSI 5.2", .scene = SCENE_RUN,
	INSIDES(access_insides),
};

/* ---- The host's answers -------------------------------------------------- */

static bool aborts(enum agent_op op, uint64_t ipa, uint64_t value)
{
	bool out;

	verdict_setup(true);
	out = expect_result("REC_ENTER", RMI_SUCCESS,
			    guest_start_with(op, ipa, value)) &&
	      expect_value("exit reason", RMI_EXIT_SYNC,
			   guest_exit()->exit_reason);
	verdict_setup(false);
	return out;
}

/* The host gives @value for a load; the realm's register is @want. */
static void emulated_load(enum agent_op op, uint64_t value, uint64_t want)
{
	if (!aborts(op, IN(U_FREE), 0))
		return;
	guest_said()->gprs[0] = value;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_EMUL_MMIO));
	if (expect("the realm goes on", guest_done()))
		expect_value("what was loaded", want, guest_box()->x[0]);
	expect_value("exceptions in the realm", 0, guest_box()->exceptions);
}

#define GIVEN 0xf1f2f3f4f5f6f7f8ull

static void load_byte(void)
{
	emulated_load(AGENT_LDRB, GIVEN, 0xf8);
}

static void load_half(void)
{
	emulated_load(AGENT_LDRH, GIVEN, 0xf7f8);
}

static void load_word(void)
{
	emulated_load(AGENT_LDRW, GIVEN, 0xf5f6f7f8);
}

static void load_double(void)
{
	emulated_load(AGENT_LDR, GIVEN, GIVEN);
}

static void load_signed_byte(void)
{
	emulated_load(AGENT_LDRSB, GIVEN, 0xfffffffffffffff8ull);
}

static void load_signed_byte_w(void)
{
	emulated_load(AGENT_LDRSB_W, GIVEN, 0xfffffff8);
}

static void load_signed_half(void)
{
	emulated_load(AGENT_LDRSH, GIVEN, 0xfffffffffffff7f8ull);
}

static void load_signed_word(void)
{
	emulated_load(AGENT_LDRSW, GIVEN, 0xfffffffff5f6f7f8ull);
}

static void load_positive_byte(void)
{
	emulated_load(AGENT_LDRSB, 0x7f, 0x7f);
}

static void store(void)
{
	if (!aborts(AGENT_STR, IN(U_FREE), 0x55))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_EMUL_MMIO));
	expect("the realm goes on", guest_done());
	expect_value("exceptions in the realm", 0, guest_box()->exceptions);
}

static void injected(uint64_t flags)
{
	const struct agent_box *box = guest_box();

	if (!aborts(AGENT_LDR, IN(U_FREE), 0))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(flags));
	if (!expect("the realm goes on", guest_done()))
		return;
	expect_value("exceptions in the realm", 1, box->exceptions);
	expect_value("class", ESR_EC_DATA_ABORT, FIELD_GET(ESR_EC, box->esr));
	expect_value("fault status", FSC_EXTERNAL,
		     FIELD_GET(ESR_ABORT_FSC, box->esr));
	expect_value("FAR_EL1", IN(U_FREE), box->far);
}

static void sea(void)
{
	injected(RMI_ENTRY_INJECT_SEA);
}

static void sea_wins(void)
{
	injected(RMI_ENTRY_INJECT_SEA | RMI_ENTRY_EMUL_MMIO);
}

static void neither(void)
{
	if (!aborts(AGENT_LDR, IN(U_FREE), 0))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	left(RMI_EXIT_SYNC, EC(ESR_EC_DATA_ABORT_LOWER), WHERE(U_FREE));
}

static void expect_refused(uint64_t flags)
{
	call_subject();
	expect_result("REC_ENTER", RMI_ERROR_REC,
		      RMI_RETURN_STATUS(guest_goes_on(flags)));
}

static void protected_emulated(void)
{
	if (aborts(AGENT_LDR, P_VOID_RAM, 0))
		expect_refused(RMI_ENTRY_EMUL_MMIO);
}

static void protected_injected(void)
{
	if (aborts(AGENT_LDR, P_VOID_RAM, 0))
		expect_refused(RMI_ENTRY_INJECT_SEA);
}

static void pair_emulated(void)
{
	if (aborts(AGENT_LDP, U_FREE, 0))
		expect_refused(RMI_ENTRY_EMUL_MMIO);
}

static void pair_injected(void)
{
	if (!aborts(AGENT_LDP, U_FREE, 0))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_INJECT_SEA));
	expect("the realm goes on", guest_done());
	expect_value("exceptions in the realm", 1, guest_box()->exceptions);
}

/* A refused entry does not change what may be said next. */
static void refusal_keeps_abort(void)
{
	if (!aborts(AGENT_LDR, IN(U_FREE), 0))
		return;
	verdict_setup(true);
	expect_result("REC_ENTER", RMI_ERROR_INPUT,
		      rmi(REC_ENTER, value_of(REC), value_of(NO_RAM)));
	verdict_setup(false);
	guest_said()->gprs[0] = 0x77;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_EMUL_MMIO));
	expect_value("what was loaded", 0x77, guest_box()->x[0]);
}

/* The next exit of another kind does. */
static void abort_is_forgotten(void)
{
	if (!aborts(AGENT_LDR, IN(U_FREE), 0))
		return;
	verdict_setup(true);
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_EMUL_MMIO));
	verdict_setup(false);
	expect_refused(RMI_ENTRY_EMUL_MMIO);
}

/* A page is mapped, and the access is made again. */
static void shared_is_mapped(void)
{
	uint64_t *page = port->memory(value_of(NS));

	if (!aborts(AGENT_LDR, U_FREE, 0))
		return;
	page[0] = 0x1234;
	expect_result("RTT_UNPROT_MAP", RMI_SUCCESS,
		      driven(RTT_UNPROT_MAP, value_of(RD), U_FREE,
			     U_FREE + GRANULE, RMI_OADDR_SINGLE | NS_RW,
			     value_of(PAGES(NS, 1) | UNDELEGATED)));
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	expect("the realm goes on", guest_done());
	expect_value("what was loaded", 0x1234, guest_box()->x[0]);
}

/* Memory that the realm gets is zero, whatever the host had there. */
static void ram_is_mapped(void)
{
	uint64_t pa = pool_take(1, GRANULE);

	*(uint64_t *)port->memory(pa) = 0x1234;
	rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE);
	if (!aborts(AGENT_LDR, P_VOID_RAM, 0))
		return;
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), P_VOID_RAM,
			     P_VOID_RAM + GRANULE, RMI_OADDR_SINGLE,
			     PAGES(pa, 1)));
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	expect("the realm goes on", guest_done());
	expect_value("what was loaded", 0, guest_box()->x[0]);
}

static const struct story answer_stories[] = {
	{ "a byte is loaded", .tell = load_byte },
	{ "half a word is loaded", .tell = load_half },
	{ "a word is loaded", .tell = load_word },
	{ "64 bits are loaded", .tell = load_double },
	{ "a signed byte is loaded into 64 bits", .tell = load_signed_byte },
	{ "a signed byte is loaded into 32 bits", .tell = load_signed_byte_w },
	{ "signed half a word is loaded", .tell = load_signed_half },
	{ "a signed word is loaded", .tell = load_signed_word },
	{ "a positive signed byte is loaded", .tell = load_positive_byte },
	{ "a store is emulated", .tell = store },
	{ "inject_sea", .tell = sea },
	{ "inject_sea wins over emul_mmio", .tell = sea_wins },
	{ "no flag: the same abort again", .tell = neither },
	{ "emul_mmio after a protected abort", .tell = protected_emulated },
	{ "inject_sea after a protected abort", .tell = protected_injected },
	{ "emul_mmio after an abort without syndrome",
	  .tell = pair_emulated },
	{ "inject_sea after an abort without syndrome",
	  .tell = pair_injected },
	{ "a refused entry keeps what may be said",
	  .tell = refusal_keeps_abort },
	{ "another exit ends what may be said", .tell = abort_is_forgotten },
	{ "shared memory is mapped instead", .tell = shared_is_mapped },
	{ "protected memory is mapped, and is zero", .tell = ram_is_mapped },
};

const struct table abort_answer_table = {
	.name = "answers to aborts", .section = "8.5, RSI 5.3",
	.scene = SCENE_RUN, STORIES(answer_stories),
};
