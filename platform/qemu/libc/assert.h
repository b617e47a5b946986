/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Only for static_assert, which Mbed TLS uses.
 */
#undef static_assert
#define static_assert _Static_assert
