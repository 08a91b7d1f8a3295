package io.lanewise.propertytests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bits that depend on what they must not are found, and it is said where. */
@Tag("slow")
class UnsteadyBitsTest {
  private static Case check(Class<?> backend, String law, String op) {
    BackendName name = BackendName.of(backend.getName());
    return LawBook.of(new BitsLaws(name, List.of("gemm", "linear")).all())
        .repeat(law, op, 1, Backend.best());
  }

  private static void fails(Case c, String... words) {
    assertEquals(Verdict.FAILS, c.verdict(), c::toString);
    for (String word : words) {
      assertTrue(c.detail().orElseThrow().contains(word), () -> word + " in " + c);
    }
  }

  @Test
  void threads() {
    fails(
        check(UnsteadyBackends.Threads.class, "bits.plain", "gemm"),
        "gemm m1 n1 k1: expected bits ",
        "(2 threads, scalar");
  }

  @Test
  void jvms() {
    assertEquals(Verdict.HOLDS, check(UnsteadyBackends.Jvm.class, "bits.plain", "gemm").verdict());
    fails(check(UnsteadyBackends.Jvm.class, "bits.c1", "gemm"), "gemm m1 n1 k1", "1 thread, cold");
    assertEquals(Verdict.HOLDS, check(UnsteadyBackends.Jvm.class, "bits.c1", "linear").verdict());
  }

  @Test
  void heat() {
    fails(check(UnsteadyBackends.Heat.class, "bits.plain", "gemm"), "1 thread, hot");
  }

  @Test
  void exceptions() {
    fails(
        check(UnsteadyBackends.Throwing.class, "bits.plain", "gemm"),
        "gemm m1 n1 k1 threw java.lang.IllegalStateException: no product today");
    Case lacking = check(UnsteadyBackends.Lacking.class, "bits.plain", "gemm");
    assertEquals(Verdict.NOT_OFFERED, lacking.verdict());
  }

  @Test
  void aJvmThatDoesNotStart() {
    fails(
        check(NotABackend.class, "bits.plain", "gemm"),
        "a JVM with the JVM's defaults ended with 1",
        "does not implement");
  }

  /** Not one. */
  public static final class NotABackend {
    /** Made by name. */
    public NotABackend() {}
  }
}
