/**
 * The micro-kernels on the JDK's Vector API: the only code that imports {@code
 * jdk.incubator.vector}.
 */
package io.lanewise.kernels.simd;
