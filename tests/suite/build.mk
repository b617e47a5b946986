# SPDX-License-Identifier: BSD-3-Clause
#
# The conformance suite (tests/suite/README.md): the program, and our ports.
# Included by the Makefile.

SUITE_HOSTED_SRC := $(patsubst %,tests/suite/%.c,main report audit wrong)
SUITE_CORE_SRC := $(wildcard tests/suite/rmi/*.c tests/suite/rsi/*.c) \
		  $(filter-out $(SUITE_HOSTED_SRC),$(wildcard tests/suite/*.c))

# The core is one object a size of granules, which is all that differs.
SUITE_SIZES := 4k 16k 64k
suite-shift-4k := 12
suite-shift-16k := 14
suite-shift-64k := 16

SUITE_OBJ := $(call objs,$(SUITE_HOSTED_SRC)) \
	     $(SUITE_SIZES:%=$(B)/tests/suite/core-%.o)
SUITE := $(B)/tests/suite/suite

$(BUILD)/tests/suite/agent.bin: tests/suite/agent.S tests/suite/agent.h
	@mkdir -p $(@D)
	$(Q)$(CROSS_COMPILE)gcc -I. -c -o $@.o $<
	$(Q)$(CROSS_COMPILE)objcopy -O binary $@.o $@
$(B)/tests/suite/agent_blob.o: tests/suite/agent_blob.S \
			       $(BUILD)/tests/suite/agent.bin
	@mkdir -p $(@D)
	$(Q)$(CC) -DAGENT_BIN='"$(BUILD)/tests/suite/agent.bin"' -c -o $@ $<

define suite-core
$(B)/tests/suite/core-$(1)/%.o: tests/suite/%.c
	@mkdir -p $$(@D)
	$$(say) CC '$$< ($(1))'
	$(Q)$$(CC) $$(CFLAGS_ALL) -ffreestanding $$(INC) \
		-DSUITE_GRANULE_SHIFT=$(suite-shift-$(1)) -c -o $$@ $$<
$(B)/tests/suite/core-$(1).o: $(B)/tests/suite/agent_blob.o \
	$(SUITE_CORE_SRC:tests/suite/%.c=$(B)/tests/suite/core-$(1)/%.o)
	$$(say) LD $$@
	$(Q)$(LD) -r -o $$@.all $$^
	$(Q)$(OBJCOPY) --redefine-sym suite_run=suite_run_$(1) \
		--keep-global-symbol=suite_run_$(1) $$@.all $$@
	@rm -f $$@.all
endef
$(foreach size,$(SUITE_SIZES),$(eval $(call suite-core,$(size))))

$(SUITE): $(SUITE_OBJ)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ -ldl

# Our RMM, with the machine of sim under it.
$(B)/tests/suite/ports/sim.o: CFLAGS_ROOM = $(PIC)
$(B)/tests/suite/sim.so: $(B)/tests/suite/ports/sim.o $(with-sim)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -Wl,-Bsymbolic -o $@ $^ $(LIBS)

# As tests/run counts.
define suite-test
$(B)/tests/suite/test_$(1): $(SUITE) $(B)/tests/suite/sim.so
	$(Q)printf '#!/bin/sh\n$(3)exec %s --rmm %s --tap $(2)\n' $$^ >$$@
	$(Q)chmod +x $$@
endef
suite-on = export SUITE_MACHINE=tests/suite/ports/$(1).conf\n
$(eval $(call suite-test,sim,))
$(eval $(call suite-test,sim_16k,--granule 16K))
$(eval $(call suite-test,sim_64k,--granule 64K))
$(eval $(call suite-test,audit,--audit))

# On other machines, what is about memory: blocks of 1 GiB and of 512 MiB; RAM
# that begins and ends anywhere.
$(eval $(call suite-test,large,--only "block of level 1",$(call suite-on,large)))
$(eval $(call suite-test,large_64k,--granule 64K --only "block",$\
	$(call suite-on,large)))
$(eval $(call suite-test,odd,,$(call suite-on,odd)))
$(eval $(call suite-test,odd_64k,--granule 64K --only GRANULE,$\
	$(call suite-on,odd)))

.PHONY: suite test-suite
suite: packages
	@$(MAKE) --no-print-directory $(SUITE) $(B)/tests/suite/sim.so
	@for size in 4K 16K 64K; do \
		$(SUITE) --rmm $(B)/tests/suite/sim.so --granule $$size || \
			exit 1; \
	done
test-suite: $(filter $(B)/tests/suite/%,$(TESTS))
	@tests/run $^
