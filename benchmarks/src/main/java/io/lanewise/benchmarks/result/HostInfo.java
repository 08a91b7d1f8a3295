package io.lanewise.benchmarks.result;

/**
 * The machine.
 *
 * @param cpu the processor's name
 * @param arch as the JVM calls it, such as {@code amd64}
 * @param cores processors that the JVM may use
 * @param l1Bytes a core's first-level data cache
 * @param l2Bytes a core's second-level cache
 * @param l3Bytes the third-level cache, which cores (and other guests of a virtual machine) share,
 *     or null where it is not known
 * @param os name and version of the operating system
 */
public record HostInfo(
    String cpu, String arch, int cores, long l1Bytes, long l2Bytes, Long l3Bytes, String os) {
  /** Validates; see the messages. */
  public HostInfo {
    Require.text("cpu", cpu);
    Require.text("arch", arch);
    Require.atLeast("cores", 1, cores);
    Require.atLeast("l1Bytes", 1, l1Bytes);
    Require.atLeast("l2Bytes", 1, l2Bytes);
    if (l3Bytes != null) {
      Require.atLeast("l3Bytes", 1, l3Bytes);
    }
    Require.text("os", os);
  }
}
