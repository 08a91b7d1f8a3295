package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A constant for each algorithm. */
class ErrorConstantsTest {
  @Test
  void listedAlgorithmsHaveTheirOwn() {
    ErrorConstants constants = new ErrorConstants(Map.of("tiles", 8.0));
    assertEquals(8, constants.of("tiles"));
    assertFalse(constants.isPlainSum("tiles"));
    assertEquals(1, constants.of("im2col"));
    assertTrue(constants.isPlainSum("im2col"));
  }

  @Test
  void lawsAboutWholeNumbersPassOverThem() {
    ConvShape s = ConvShape.parse("n1 ic3 ih8 oc4 kh3 p1");
    List<ConvRun> runs = ConvPass.FORWARD.runs(new ReferenceBackend(), s);
    assertEquals(runs, new ErrorConstants(Map.of("tiles", 8.0)).plainSums(runs));
    ErrorConstants none = new ErrorConstants(Map.of("reference", 8.0));
    assertThrows(UnsupportedOperationException.class, () -> none.plainSums(runs));
  }
}
