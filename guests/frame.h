/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What start.S and guest.h share: offsets in struct guest_cpu and in struct
 * frame, in bytes.
 */
#ifndef GUESTS_FRAME_H
#define GUESTS_FRAME_H

#define CPU_FRAMES 0 /* end of the memory that is free for frames */
#define CPU_VECTOR 8
#define CPU_STACK 16
#define CPU_ENTRY 24
#define CPU_HEADER 0x80
#define CPU_SIZE 0x4080

#define FRAME_ELR 256
#define FRAME_ESR 272
#define FRAME_VECTOR 288
#define FRAME_SIZE 304
#define FRAME_SLOT 2048 /* a frame, and below it the handler's stack */

#endif
