package io.lanewise.layers;

import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network's layers with output shape, parameters, receptive field and FLOPs for one input shape.
 *
 * @param input the input's shape, batch included
 * @param rows one a layer
 */
public record Summary(Shape input, List<Row> rows) {
  /**
   * One layer.
   *
   * @param name its name in the network
   * @param layer what it is
   * @param outputShape batch included
   * @param parameters how many numbers it learns
   * @param receptiveField how much of the input an output sees
   * @param flops of a forward pass, a multiply-add counting two
   */
  public record Row(
      String name,
      String layer,
      Shape outputShape,
      long parameters,
      ReceptiveField receptiveField,
      long flops) {}

  /** Follows an input shape through a network that was built. */
  public static Summary of(Sequential net, Shape input) {
    List<Row> rows = new ArrayList<>();
    Shape s = input;
    ReceptiveField field = ReceptiveField.INPUT;
    for (Sequential.Entry e : net.entries()) {
      long flops = e.layer().flops(s);
      s = Sequential.outputShape(e, s);
      field = e.layer().receptiveField(field);
      long parameters = e.layer().parameters().stream().mapToLong(p -> p.value().size()).sum();
      rows.add(new Row(e.name(), e.layer().toString(), s, parameters, field, flops));
    }
    return new Summary(input, List.copyOf(rows));
  }

  /** All parameters. */
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /** FLOPs of a forward pass. */
  public long flops() {
    return rows.stream().mapToLong(Row::flops).sum();
  }

  /** A table for the terminal. */
  @Override
  public String toString() {
    List<String[]> cells = new ArrayList<>();
    cells.add(new String[] {"layer", "", "output", "parameters", "sees", "FLOPs"});
    cells.add(new String[] {"input", "", input.toString(), "", "", ""});
    for (Row r : rows) {
      cells.add(
          new String[] {
            r.name,
            r.layer,
            r.outputShape.toString(),
            count(r.parameters),
            r.receptiveField.toString(),
            count(r.flops)
          });
    }
    cells.add(new String[] {"total", "", "", count(parameters()), "", count(flops())});
    int[] width = new int[6];
    for (String[] row : cells) {
      for (int i = 0; i < row.length; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String pad = " ".repeat(width[i] - row[i].length());
        line.append(i >= 3 ? pad + row[i] : row[i] + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
