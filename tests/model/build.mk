# SPDX-License-Identifier: BSD-3-Clause
#
# The search of tests/model/README.md, and the same for RMMs with a mistake.
# Included by the Makefile.

MODEL := $(B)/tests/model/model
MODEL_OBJ := $(call objs,$(wildcard tests/model/*.c))
MODEL_WRONG := $(patsubst %.patch,$(B)/%,$(wildcard tests/model/wrong/*.patch))

$(B)/tests/model/rmm.o: $(RMM_OBJ) tools/wall/rmm.entries tests/model/link
	@mkdir -p $(@D)
	$(Q)LD=$(LD) OBJCOPY=$(OBJCOPY) tests/model/link $@ $(RMM_OBJ)
$(MODEL): $(MODEL_OBJ) $(B)/tests/model/rmm.o
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^

$(B)/tests/model/wrong/%: tests/model/wrong/%.patch $(MODEL)
	@mkdir -p $(@D)
	$(say) WRONG $*
	$(Q)CC=$(CC) LD=$(LD) OBJCOPY=$(OBJCOPY) \
		FLAGS='$(filter-out -MMD -MP,$(CFLAGS_ALL)) -ffreestanding $(PIC)' \
		tests/model/wrong/build $< $@ '$(RMM_OBJ)' '$(MODEL_OBJ)'

.PHONY: model search
model: packages
	@$(MAKE) --no-print-directory -j2 FLAVOUR=audited search
search: $(MODEL) $(MODEL_WRONG)
	@tests/model/wrong/run $(MODEL_WRONG)
	@$(MODEL)
