# SPDX-License-Identifier: BSD-3-Clause
#
# make check    install what is missing, build with sanitizers, run the tests

BUILD ?= build
B := $(BUILD)/debug
CFLAGS_ALL = -std=gnu11 -Wall -Wextra -Werror -O1 -g -MMD -MP \
	     -fsanitize=address,undefined -fno-sanitize-recover=all
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))

.PHONY: check clean
check:
	@tools/packages
	@$(MAKE) --no-print-directory $(TESTS)
	@tests/run $(TESTS)

$(B)/tests/%: tests/%.c
	@mkdir -p $(@D)
	gcc $(CFLAGS_ALL) -I. -Iabi/stdint -o $@ $< -lcmocka

clean:
	rm -rf $(BUILD)

-include $(TESTS:=.d)
