# SPDX-License-Identifier: BSD-3-Clause
#
# The conformance suite (tests/suite/README.md): the program, and our ports.
# Included by the Makefile.

SUITE_HOSTED_SRC := $(patsubst %,tests/suite/%.c,main report audit)
SUITE_CORE_SRC := $(wildcard tests/suite/rmi/*.c tests/suite/rsi/*.c) \
		  $(filter-out $(SUITE_HOSTED_SRC),$(wildcard tests/suite/*.c))
SUITE_OBJ := $(call objs,$(SUITE_CORE_SRC) $(SUITE_HOSTED_SRC)) \
	     $(B)/tests/suite/agent_blob.o
SUITE := $(B)/tests/suite/suite

$(call objs,$(SUITE_CORE_SRC)): CFLAGS_ROOM = -ffreestanding

$(BUILD)/tests/suite/agent.bin: tests/suite/agent.S tests/suite/agent.h
	@mkdir -p $(@D)
	$(Q)$(CROSS_COMPILE)gcc -I. -c -o $@.o $<
	$(Q)$(CROSS_COMPILE)objcopy -O binary $@.o $@
$(B)/tests/suite/agent_blob.o: tests/suite/agent_blob.S \
			       $(BUILD)/tests/suite/agent.bin
	@mkdir -p $(@D)
	$(Q)$(CC) -DAGENT_BIN='"$(BUILD)/tests/suite/agent.bin"' -c -o $@ $<

$(SUITE): $(SUITE_OBJ)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ -ldl

# Our RMM, with the machine of sim under it.
$(B)/tests/suite/ports/sim.o: CFLAGS_ROOM = $(PIC)
$(B)/tests/suite/sim.so: $(B)/tests/suite/ports/sim.o $(with-sim)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -Wl,-Bsymbolic -o $@ $^ $(LIBS)

# As tests/run counts.
$(B)/tests/suite/test_sim: $(SUITE) $(B)/tests/suite/sim.so
	$(Q)printf '#!/bin/sh\nexec %s --rmm %s --tap\n' $^ >$@
	$(Q)chmod +x $@

$(B)/tests/suite/test_audit: $(SUITE) $(B)/tests/suite/sim.so
	$(Q)printf '#!/bin/sh\nexec %s --rmm %s --tap --audit\n' $^ >$@
	$(Q)chmod +x $@

.PHONY: suite test-suite
suite: $(SUITE) $(B)/tests/suite/sim.so
	@$(SUITE) --rmm $(B)/tests/suite/sim.so
test-suite: $(filter $(B)/tests/suite/%,$(TESTS))
	@tests/run $^
