/**
 * Operations planned on a backend with the operands of a {@link
 * io.lanewise.benchmarks.contender.Task}: on ours they are measured, on the reference they say what
 * is right.
 */
package io.lanewise.benchmarks.plan;
