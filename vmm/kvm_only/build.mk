# SPDX-License-Identifier: BSD-3-Clause
#
# cca for a machine with KVM, alone: for arm64, static, without simulator, RMM
# and Unicorn. The target is $(KVM_CCA). Its libraries are Debian's for arm64,
# unpacked by tools/apt-private; the folder is in $(KVM_LIBS_STAMP).

KVM_B := $(BUILD)/arm64
KVM_CCA := $(KVM_B)/cca
KVM_LIBS_STAMP := $(KVM_B)/libraries

# What is the simulated host's.
KVM_NOT := backend_sim host_sim hosts report_sim trace% gdb% rsp line
KVM_SRC := $(filter-out $(KVM_NOT:%=vmm/%.c),$(wildcard vmm/*.c)) \
	   $(wildcard vmm/kvm_only/*.c)
KVM_OBJ := $(KVM_SRC:%.c=$(KVM_B)/%.o)
KVM_CFLAGS = -std=gnu11 -pthread $(WARN) -O2 -g -MMD -MP \
	     -DCCA_VERSION='"$(VERSION)"' $(INC_PLAIN)

$(KVM_LIBS_STAMP):
	@mkdir -p $(@D)
	$(say) LIBS $@
	$(Q)tools/apt-private get bookworm:arm64 libfdt-dev libelf-dev \
		zlib1g-dev nettle-dev >$@.new
	@mv $@.new $@

kvm-libs = $(shell cat $(KVM_LIBS_STAMP))/usr

$(KVM_B)/%.o: %.c $(KVM_LIBS_STAMP)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(CROSS_COMPILE)gcc $(KVM_CFLAGS) -isystem $(kvm-libs)/include \
		-c -o $@ $<

$(KVM_CCA): $(KVM_OBJ)
	$(say) LD $@
	$(Q)$(CROSS_COMPILE)gcc -static -pthread -o $@ $^ \
		-L$(kvm-libs)/lib/aarch64-linux-gnu -lnettle -lelf -lz -lfdt

-include $(KVM_OBJ:.o=.d)
