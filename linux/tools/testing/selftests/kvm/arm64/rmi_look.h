/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A realm with a secret, and how the host knows one when it sees it.
 *
 * The realm makes its secret at run time of random bits, and nobody but the
 * realm ever has a word of it. What the host knows is the rule by which each
 * word follows from the one before: so it can look for secrets in all of memory
 * without having one.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_LOOK_H
#define SELFTEST_KVM_ARM64_RMI_LOOK_H

#include "rmi_realm.h"

#define DEVICE 0x9000000ULL

/* The realm's RAM: code, secret that is populated and that is not, shared. */
#define SECRET (RAM_BASE + 0x10000)
#define LATER (RAM_BASE + 0x100000)
#define SECRET_SIZE 0x20000ULL
#define SHARED_PAGE (RAM_BASE + 0x1f0000)

/* What it stores to the device. */
#define SAYS_HIDDEN 1	/* the secret is made */
#define SAYS_SHOWN 2	/* and its start is in the shared page */
#define SAYS_HARMED 3	/* something is not as the realm left it */

/* Words of the shared page. */
enum {
	SHARED_GO,		/* to the realm: show it */
	SHARED_ROUNDS,		/* from it: how often all of it was checked */
	SHARED_SHOWN = 256,
};

#define SHOWN_WORDS 64

#define NEXT_FACTOR 0x2545f4914f6cdd1dULL

/*
 * The guest. While it waits for the host, it has words of its secret in all
 * registers that it can spare, and while it checks, one after the other.
 */
asm(".pushsection .rodata\n"
	".balign 8\n"
	".global look_guest, look_guest_end\n"
	"look_guest:\n"
	"	mov	x20, #0x9000000\n"
	"	movk	x20, #0x80, lsl #32\n"
	"	mov	x21, #0x401f0000\n"
	"	movk	x21, #0x80, lsl #32\n"
	"	ldr	x19, 9f\n"
	"	mov	x0, #3 << 20\n"
	"	msr	cpacr_el1, x0\n"
	"	isb\n"
	/* RSI_IPA_STATE_SET: the page is shared now. */
	"	mov	x0, #0xc4000000\n"
	"	movk	x0, #0x197\n"
	"	mov	x1, #0x401f0000\n"
	"	add	x2, x1, #1, lsl #12\n"
	"	mov	x3, #0\n"
	"	mov	x4, #1\n"
	"	smc	#0\n"
	/* RNDR, which may fail for a while. */
	"1:	mrs	x22, s3_3_c2_c4_0\n"
	"	b.eq	1b\n"
	"	mov	x0, x22\n"
	"	mov	x1, #0x40010000\n"
	"	bl	2f\n"
	"	mov	x1, #0x40100000\n"
	"	bl	2f\n"
	"	b	3f\n"
	/* Writes secret at x1; x0 is its next word. */
	"2:	add	x2, x1, #0x20, lsl #12\n"
	"21:	str	x0, [x1], #8\n"
	"	eor	x0, x0, x0, lsr #12\n"
	"	eor	x0, x0, x0, lsl #25\n"
	"	eor	x0, x0, x0, lsr #27\n"
	"	mul	x0, x0, x19\n"
	"	cmp	x1, x2\n"
	"	b.ne	21b\n"
	"	ret\n"
	/* Registers are full of it. */
	"3:	mov	x0, #0x40010000\n"
	"	ldp	q0, q1, [x0]\n"
	"	ldp	q2, q3, [x0, #32]\n"
	"	ldp	q4, q5, [x0, #64]\n"
	"	ldp	q28, q29, [x0, #96]\n"
	"	ldp	q30, q31, [x0, #128]\n"
	"	ldp	x2, x3, [x0]\n"
	"	ldp	x4, x5, [x0, #16]\n"
	"	ldp	x6, x7, [x0, #32]\n"
	"	ldp	x8, x9, [x0, #48]\n"
	"	ldp	x10, x11, [x0, #64]\n"
	"	ldp	x12, x13, [x0, #80]\n"
	"	ldp	x14, x15, [x0, #96]\n"
	"	ldp	x16, x17, [x0, #112]\n"
	"	ldp	x24, x25, [x0]\n"
	"	ldp	x26, x27, [x0, #16]\n"
	"	ldp	x28, x29, [x0, #32]\n"
	"	msr	tpidr_el0, x2\n"
	"	msr	tpidrro_el0, x3\n"
	"	msr	tpidr_el1, x4\n"
	"	mov	x1, #1\n"
	"	str	x1, [x20]\n"
	/* Checks its registers once, and its memory until the host wants it. */
	"	ldp	x0, x1, [x0]\n"
	"	cmp	x0, x22\n"
	"	ccmp	x2, x22, #0, eq\n"
	"	ccmp	x24, x22, #0, eq\n"
	"	ccmp	x3, x1, #0, eq\n"
	"	fmov	x2, d0\n"
	"	ccmp	x2, x22, #0, eq\n"
	"	b.ne	8f\n"
	"4:	mov	x0, x22\n"
	"	mov	x1, #0x40010000\n"
	"	bl	5f\n"
	"	mov	x1, #0x40100000\n"
	"	bl	5f\n"
	"	ldr	x2, [x21, #8]\n"
	"	add	x2, x2, #1\n"
	"	str	x2, [x21, #8]\n"
	"	ldr	x2, [x21]\n"
	"	cbz	x2, 4b\n"
	"	b	6f\n"
	/* Reads secret at x1; x0 is what its next word must be. */
	"5:	add	x2, x1, #0x20, lsl #12\n"
	"51:	ldr	x3, [x1], #8\n"
	"	cmp	x3, x0\n"
	"	b.ne	8f\n"
	"	eor	x0, x0, x0, lsr #12\n"
	"	eor	x0, x0, x0, lsl #25\n"
	"	eor	x0, x0, x0, lsr #27\n"
	"	mul	x0, x0, x19\n"
	"	cmp	x1, x2\n"
	"	b.ne	51b\n"
	"	ret\n"
	/* Shows the first words. */
	"6:	mov	x0, #0x40010000\n"
	"	add	x1, x21, #0x800\n"
	"	add	x2, x1, #0x200\n"
	"61:	ldr	x3, [x0], #8\n"
	"	str	x3, [x1], #8\n"
	"	cmp	x1, x2\n"
	"	b.ne	61b\n"
	"	mov	x1, #2\n"
	"	str	x1, [x20]\n"
	"7:	mov	x0, #0x84000000\n"
	"	movk	x0, #8\n"
	"	smc	#0\n"
	"	b	.\n"
	"8:	mov	x1, #3\n"
	"	str	x1, [x20]\n"
	"	b	7b\n"
	"	.balign	8\n"
	"9:	.quad	0x2545f4914f6cdd1d\n"
	"look_guest_end:\n"
	".popsection\n");

extern const char look_guest[], look_guest_end[];

/* The word of a secret that follows @word. */
static inline uint64_t next_word(uint64_t word)
{
	word ^= word >> 12;
	word ^= word << 25;
	word ^= word >> 27;
	return word * NEXT_FACTOR;
}

/*
 * Four words in a row: that is no accident. Returns where in @words[@count]
 * they are, or -1.
 */
static inline long find_secret(const volatile uint64_t *words,
			       unsigned long count)
{
	unsigned long run = 0, i;
	uint64_t last = 0, word;

	for (i = 0; i < count; i++) {
		word = words[i];
		run = last && word == next_word(last) ? run + 1 : 0;
		if (run == 3)
			return i - 3;
		last = word;
	}
	return -1;
}

/* Runs until the realm stores to its device: what, or -errno. */
static inline int realm_says(struct realm *realm)
{
	const struct kvm_run *run = realm->run;
	int ret = call_nr(realm->vcpu, KVM_RUN, 0);

	if (ret)
		return ret;
	if (run->exit_reason != KVM_EXIT_MMIO || run->mmio.phys_addr != DEVICE)
		return -EPROTO;
	return run->mmio.data[0];
}

/* The page is shared as soon as the realm asks. */
static inline bool hide_secret(struct realm *realm)
{
	int ret = realm_says(realm);

	if (ret == -EFAULT &&
	    realm->run->exit_reason == KVM_EXIT_MEMORY_FAULT &&
	    realm->run->memory_fault.gpa == SHARED_PAGE &&
	    is("share", 0, set_private(realm, SHARED_PAGE, PAGE, false)))
		ret = realm_says(realm);
	return is("hidden", SAYS_HIDDEN, ret);
}

static inline volatile uint64_t *shared_words(const struct realm *realm)
{
	return realm->shared + (SHARED_PAGE - RAM_BASE);
}

/* It checks all of its secret once more, and says what it finds. */
static inline bool realm_is_unharmed(struct realm *realm)
{
	shared_words(realm)[SHARED_GO] = 1;
	return is("unharmed", SAYS_SHOWN, realm_says(realm));
}

/* What it has shown would be found in free memory by a later look. */
static inline bool end_look(struct realm *realm, bool good)
{
	memset((void *)shared_words(realm), 0, PAGE);
	return end_guest(realm, good);
}

/* Populated, with a vCPU, and not yet run. */
static inline bool start_look(struct realm *realm)
{
	realm_start(realm);
	memcpy(realm->source, look_guest, look_guest_end - look_guest);
	return realm_add_ram(realm) &&
	       is("code", 0, populate_pages(realm, RAM_BASE, PAGE)) &&
	       is("secret", 0, populate_pages(realm, SECRET, SECRET_SIZE)) &&
	       start_vcpu(realm);
}

#endif
