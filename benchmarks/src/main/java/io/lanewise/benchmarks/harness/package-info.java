/**
 * Measures side by side: a process for each contender, all of them visited in turn. {@link
 * io.lanewise.benchmarks.harness.Laboratory} is the controller, {@link
 * io.lanewise.benchmarks.harness.WorkerMain} what a contender's process runs, {@link
 * io.lanewise.benchmarks.harness.Request} and {@link io.lanewise.benchmarks.harness.Reply} what
 * they say to one another.
 */
package io.lanewise.benchmarks.harness;
