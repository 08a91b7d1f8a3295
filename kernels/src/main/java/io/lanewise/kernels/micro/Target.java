package io.lanewise.kernels.micro;

import io.lanewise.kernels.platform.Machine;

/** What plans are made for: a machine and the kernels chosen for it. */
public record Target(Machine machine, KernelSet kernels) {}
