package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.MicroKernel;
import java.util.List;

/**
 * Which register tiles cover a number of rows at the least cost: 49 rows are seven tiles of 7, or
 * four of 12 and a lone row that takes as long as four.
 */
final class RowTiles {
  /** Beyond so many rows the greatest tile goes first. */
  private static final int PLANNED = 64;

  /** Starting a tile costs about as much as so many rows, at a usual length of the sum. */
  private static final double START = 0.5;

  private final MicroKernel[] first = new MicroKernel[PLANNED + 1];
  private final MicroKernel greatest;

  /** Plans for tiles, most rows first. */
  RowTiles(List<MicroKernel> tiles) {
    this.greatest = tiles.getFirst();
    double[] cost = new double[PLANNED + 1];
    for (int rows = 1; rows <= PLANNED; rows++) {
      cost[rows] = Double.POSITIVE_INFINITY;
      for (MicroKernel tile : tiles) {
        if (tile.mr() <= rows) {
          double c = START + Math.max(tile.mr(), tile.busyRows()) + cost[rows - tile.mr()];
          if (c < cost[rows]) {
            cost[rows] = c;
            first[rows] = tile;
          }
        }
      }
      if (first[rows] == null) { // fewer rows than any tile has
        cost[rows] = rows * (START + tiles.getLast().mr());
      }
    }
  }

  /** The tile to begin with where {@code rows} are left; null if that are fewer than any has. */
  MicroKernel first(int rows) {
    return rows > PLANNED ? greatest : first[rows];
  }

  /** How many tiles of that kind come one after another. */
  int count(int rows) {
    MicroKernel tile = first(rows);
    int count = rows > PLANNED ? Math.ceilDiv(rows - PLANNED, tile.mr()) : 1;
    while (tile.equals(first(rows - count * tile.mr()))) {
      count++;
    }
    return count;
  }
}
