// SPDX-License-Identifier: BSD-3-Clause
/*
 * The boot on each machine: why there are realms or not, what the log says, and
 * that ordinary VMs are possible in any case.
 */
#include <string.h>

#include <linux/errno.h>

#include "sim/machine/conduit.h"
#include "tests/host/rig.h"

static const struct {
	const char *machine;
	const char *reason;
	const char *log; /* a part of a line; NULL: silence */
	bool smcs; /* false: no call is made at all */
} machines[] = {
	{ "rme", "none", "RMI ABI version 2.0", true },
	{ "mixed-rme", "no-rme", NULL, false },
	{ "no-rme", "no-rme", NULL, false },
	{ "no-rmm", "no-rmm", NULL, true },
	{ "other-beta", "beta-0", "no realms (beta-0)", true },
	{ "rmm-1.x", "version", "(v1.1 - v1.1) we want v2.0", true },
	{ "rmm-2.1-only", "version", "(v2.1 - v2.1) we want v2.0", true },
	{ "rmm-2.1", "none", "RMI ABI version 2.0", true },
	{ "rmm-refuses", "activate", "no realms (activate)", true },
};

static void check_vms(bool realms)
{
	int sys = sim_kvm_open(), vm;

	vm = SIM_IOCTL(sys, KVM_CREATE_VM, 0);
	assert_true(vm >= 0);
	assert_int_equal(SIM_IOCTL(sys, KVM_CHECK_EXTENSION, KVM_CAP_ARM_RMI),
			 realms);
	assert_int_equal(sim_kvm_close(vm), 0);
	vm = SIM_IOCTL(sys, KVM_CREATE_VM, KVM_VM_TYPE_ARM_REALM);
	if (realms)
		assert_int_equal(sim_kvm_close(vm), 0);
	else
		assert_int_equal(vm, -EINVAL);
	assert_int_equal(sim_kvm_close(sys), 0);
}

static void each_machine_has_its_reason(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		rig_start(machines[i].machine, NULL);
		assert_string_equal(sim_kvm_rmi_reason(), machines[i].reason);
		assert_int_equal(sim_kvm_rmi_available(),
				 !strcmp(machines[i].reason, "none"));
		if (machines[i].log)
			assert_int_equal(rig_log_count(machines[i].log), 1);
		else
			assert_int_equal(rig_log_count("kvm"), 0);
		assert_int_equal(conduit_total() > 0, machines[i].smcs);
		check_vms(sim_kvm_rmi_available());
		rig_assert_clean();
		rig_stop();
	}
}

static void all_machines_are_tried(void **state)
{
	const char *const *name;
	size_t i;

	for (name = machine_conf_names(); *name; name++) {
		for (i = 0; i < ARRAY_SIZE(machines); i++) {
			if (!strcmp(*name, machines[i].machine))
				break;
		}
		if (i == ARRAY_SIZE(machines))
			fail_msg("machine %s is not tried", *name);
	}
}

static void without_vhe(struct machine_conf *conf)
{
	conf->vhe = false;
}

static void init_nvhe_refused(void **state)
{
	rig_start("rme", without_vhe);
	assert_string_equal(sim_kvm_rmi_reason(), "not-vhe");
	assert_int_equal(rig_calls("RMM_CONFIG_SET"), 0);
	check_vms(false);
	rig_stop();
}

/* A step of the bring-up that fails, and the reason that it gives. */
static const struct {
	const char *fault;
	const char *reason;
} faults[] = {
	{ "VERSION=NOT_SUPPORTED", "no-rmm" },
	{ "VERSION=ERROR_INPUT", "version" },
	{ "REALM_TERMINATE=NOT_SUPPORTED", "beta-0" },
	{ "FEATURES#1=ERROR_GLOBAL", "features" },
	{ "FEATURES#2=ERROR_GLOBAL", "features" },
	{ "RMM_CONFIG_SET=ERROR_INPUT", "config" },
	{ "RMM_ACTIVATE=ERROR_GLOBAL", "activate" },
	{ "GRANULE_TRACKING_GET=ERROR_INPUT", "tracking" },
	{ "GPT_L1_CREATE=ERROR_INPUT", "gpt" },
	{ "GPT_L1_CREATE=ERROR_GPT", "none" },
	{ "GPT_L1_CREATE=NOT_SUPPORTED", "none" },
};

static void init_error_visible(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		rig_prepare("rme", NULL);
		rig_fault(faults[i].fault);
		rig_boot();
		assert_string_equal(sim_kvm_rmi_reason(), faults[i].reason);
		check_vms(!strcmp(faults[i].reason, "none"));
		rig_assert_clean();
		rig_stop();
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_machine_has_its_reason),
		TEST(all_machines_are_tried),
		TEST(init_nvhe_refused),
		TEST(init_error_visible),
	};

	return cmocka_run_group_tests_name("init", tests, NULL, NULL);
}
