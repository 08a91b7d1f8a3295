package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.shape.ConvShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a weight gradient is cut into tasks. */
final class WeightsGridTest {
  private static final int FLOATS = 1 << 17;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic1 ih1 oc1 kh1",
        "n3 ic33 ih4 oc257 kh5 p2",
        "n8 ic512 ih7 oc2048 kh1",
        "n2 ic66 ih4 oc514 kh5 p2 g2",
        "n5 ic4 ih9 oc4 kh3 g4",
        "n1 ic5000 ih1 oc3 kh7 p3"
      })
  void everyWeightBelongsToOneBlock(String text) {
    ConvShape s = ConvShape.parse(text);
    WeightsGrid grid = WeightsGrid.of(s);
    int[][] seen = new int[s.oc()][s.icg()];
    for (int b = 0; b < grid.blocks(); b++) {
      assertTrue(grid.filtersOf(b, s) <= grid.filters());
      assertTrue(grid.channelsOf(b, s) <= grid.channels());
      for (int o = 0; o < grid.filtersOf(b, s); o++) {
        assertEquals(grid.group(b), (grid.firstFilter(b, s) + o) / s.ocg());
        for (int c = 0; c < grid.channelsOf(b, s); c++) {
          seen[grid.firstFilter(b, s) + o][grid.firstChannel(b) + c]++;
        }
      }
    }
    for (int[] filter : seen) {
      for (int count : filter) {
        assertEquals(1, count);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "n8 ic64 ih56 oc64 kh3 p1, 8, 1", // few weights: each image is a chunk
    "n8 ic256 ih14 oc256 kh3 p1, 2, 4",
    "n8 ic512 ih7 oc512 kh3 p1, 1, 8",
    "n100 ic1 ih9 oc1 kh3, 15, 7",
    "n1 ic64 ih56 oc64 kh3 p1, 1, 1"
  })
  void fewBlocksMakeChunks(String text, int chunks, int images) {
    WeightsGrid grid = WeightsGrid.of(ConvShape.parse(text));
    assertEquals(chunks, grid.chunks());
    assertEquals(images, grid.chunkImages());
    assertTrue((long) grid.filters() * grid.channels() * 9 <= FLOATS);
  }
}
