/**
 * What the naive reference says about a task's output: nothing that computes something else gets a
 * time. {@link io.lanewise.benchmarks.check.Expectation} is what a result is held to.
 */
package io.lanewise.benchmarks.check;
