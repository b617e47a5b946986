# SPDX-License-Identifier: BSD-3-Clause
#
# FLAVOUR=woven: an RMM that has all mutants of rmm/ in it, and the tests that
# are to notice the one that is live (tests/mutants/rmm/run). The RMM's checks of
# itself are on, as in debug, and undefined behaviour ends a test. Included by the
# Makefile.

ifeq ($(FLAVOUR),woven)
WOVEN := $(B)/source/done
WEAVE := $(wildcard tests/mutants/rmm/*.py) tests/mutants/rmm/weave

$(WOVEN): $(RMM_SRC) $(wildcard rmm/*.h rmm/*/*.h) $(WEAVE)
	@rm -rf $(@D)
	@mkdir -p $(@D)
	$(say) WEAVE $(@D)
	$(Q)tests/mutants/rmm/weave $(@D)
	@touch $@
$(B)/source/rmm/%: $(WOVEN) ;
$(call objs,$(RMM_SRC)): INC = -I$(B)/source $(INC_PLAIN)
$(call objs,$(RMM_SRC)): CFLAGS_ROOM = -w -ffreestanding $(PIC)
$(call objs,$(RMM_SRC)): $(B)/%.o: $(WOVEN)
	@mkdir -p $(@D)
	$(say) CC $*.c
	$(Q)$(CC) $(CFLAGS_ALL) $(CFLAGS_ROOM) $(INC) -c -o $@ $(B)/source/$*.c
$(B)/tests/mutants/rmm/mutant.o: CFLAGS_ROOM = $(PIC)

.PHONY: killers
killers: $(SUITE) $(B)/tests/suite/sim.so $(filter $(B)/tests/rmm/%,$(TESTS))
endif
