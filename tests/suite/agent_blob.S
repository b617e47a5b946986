/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent's code (agent.S), as data of a suite that is not built for AArch64
 * itself.
 */
	.section .rodata
	.global suite_agent
	.global suite_agent_end
	.balign	8
suite_agent:
	.incbin AGENT_BIN
suite_agent_end:

	.section .note.GNU-stack, "", %progbits
