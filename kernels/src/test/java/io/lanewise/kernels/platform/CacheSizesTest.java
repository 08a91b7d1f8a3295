package io.lanewise.kernels.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the machine tells of itself. */
final class CacheSizesTest {
  @Test
  void readsLinuxSizes() {
    assertEquals(48 << 10, CacheSizes.bytes("48K"));
    assertEquals(2 << 20, CacheSizes.bytes("2M"));
    assertEquals(512, CacheSizes.bytes("512"));
    for (String bad : new String[] {"", "K", "1G", "2 M", "x"}) {
      assertThrows(IllegalArgumentException.class, () -> CacheSizes.bytes(bad), bad);
    }
  }

  @Test
  void theMachineHasPlausibleParts() {
    Machine m = Machine.detect();
    assertTrue(m.cores() >= 1);
    assertTrue(m.l1Bytes() >= 4 << 10 && m.l1Bytes() <= 4 << 20, m::toString);
    assertTrue(m.l2Bytes() >= m.l1Bytes(), m::toString);
    assertEquals(System.getProperty("os.arch"), m.arch());
    assertTrue(Machine.jvm().contains(Runtime.version().toString()), Machine.jvm());
    assertFalse(CacheSizes.dataCache(9).isPresent());
  }

  @Test
  void simdDependsOnTheModule() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    Machine m = Machine.detect();
    if (m.fma()) {
      assertEquals(module, m.noSimd().isEmpty(), () -> "reason given: " + m.noSimd());
    }
    if (!module) {
      assertTrue(m.noSimd().orElseThrow().contains("--add-modules jdk.incubator.vector"));
    }
  }

  @Test
  void flagsOfThisJvm() {
    assertEquals(Optional.of(4L), JvmFlags.number("TieredStopAtLevel"));
    assertEquals(Optional.empty(), JvmFlags.isOn("NoSuchFlag"));
  }
}
