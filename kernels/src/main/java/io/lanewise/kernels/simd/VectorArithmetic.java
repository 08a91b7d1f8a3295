package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.UnaryCurve;
import jdk.incubator.vector.VectorSpecies;

/**
 * Whole vectors up to the loop bound, then the scalar kernel, which gives the same bits. Written by
 * tools/kernel-templates/write_arithmetic.py.
 */
final class VectorArithmetic implements ArithmeticKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;

  private final ArithmeticKernels tails;
  private final VectorFolds folds;

  VectorArithmetic(ArithmeticKernels tails) {
    this.tails = tails;
    this.folds = new VectorFolds(tails);
  }

  @Override
  public void unary(
      UnaryCurve f, float p, float q, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case ABS_VALUE -> VectorFunctions.absValue(src, srcOff, dst, dstOff, whole);
      case NEG -> VectorFunctions.neg(src, srcOff, dst, dstOff, whole);
      case SIGN -> VectorFunctions.sign(src, srcOff, dst, dstOff, whole);
      case SQUARE -> VectorFunctions.square(src, srcOff, dst, dstOff, whole);
      case SQUARE_ROOT -> VectorFunctions.squareRoot(src, srcOff, dst, dstOff, whole);
      case RECIPROCAL -> VectorFunctions.reciprocal(src, srcOff, dst, dstOff, whole);
      case RECIPROCAL_ROOT -> VectorFunctions.reciprocalRoot(src, srcOff, dst, dstOff, whole);
      case ROUND -> VectorFunctions.round(src, srcOff, dst, dstOff, whole);
      case FLOOR -> VectorFunctions.floor(src, srcOff, dst, dstOff, whole);
      case CEIL -> VectorFunctions.ceil(src, srcOff, dst, dstOff, whole);
      case CLIP -> VectorFunctions.clip(src, srcOff, dst, dstOff, whole, p, q);
      case LOGICAL_NOT -> VectorFunctions.logicalNot(src, srcOff, dst, dstOff, whole);
      case EXP -> VectorExponentials.exp(src, srcOff, dst, dstOff, whole);
      case LOG -> VectorLogarithms.log(src, srcOff, dst, dstOff, whole);
      case ERF -> VectorErrorFunctions.erf(src, srcOff, dst, dstOff, whole);
      case SIN -> VectorWaves.sin(src, srcOff, dst, dstOff, whole, tails);
      case COS -> VectorWaves.cos(src, srcOff, dst, dstOff, whole, tails);
    }
    tails.unary(f, p, q, src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void unarySlope(
      UnaryCurve f,
      float p,
      float q,
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case ABS_VALUE -> VectorFunctions.absValueSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case NEG -> VectorFunctions.negSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SIGN -> VectorFunctions.signSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SQUARE -> VectorFunctions.squareSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SQUARE_ROOT -> VectorFunctions.squareRootSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case RECIPROCAL -> VectorFunctions.reciprocalSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case RECIPROCAL_ROOT ->
          VectorFunctions.reciprocalRootSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case ROUND -> VectorFunctions.roundSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case FLOOR -> VectorFunctions.floorSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case CEIL -> VectorFunctions.ceilSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case CLIP -> VectorFunctions.clipSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p, q);
      case EXP -> VectorWaves.expSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case LOG -> VectorWaves.logSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case ERF -> VectorWaves.erfSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SIN -> VectorWaves.sinSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, tails);
      case COS -> VectorWaves.cosSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, tails);
      case LOGICAL_NOT ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
    tails.unarySlope(f, p, q, src, srcOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void binary(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case ADD -> VectorSums.add(left, leftOff, right, rightOff, dst, dstOff, whole);
      case ADD_RELU -> VectorSums.addRelu(left, leftOff, right, rightOff, dst, dstOff, whole);
      case SUB -> VectorSums.sub(left, leftOff, right, rightOff, dst, dstOff, whole);
      case MUL -> VectorSums.mul(left, leftOff, right, rightOff, dst, dstOff, whole);
      case DIV -> VectorSums.div(left, leftOff, right, rightOff, dst, dstOff, whole);
      case MIN -> VectorSums.min(left, leftOff, right, rightOff, dst, dstOff, whole);
      case MAX -> VectorSums.max(left, leftOff, right, rightOff, dst, dstOff, whole);
      case EQUAL -> VectorComparisons.equal(left, leftOff, right, rightOff, dst, dstOff, whole);
      case NOT_EQUAL ->
          VectorComparisons.notEqual(left, leftOff, right, rightOff, dst, dstOff, whole);
      case LESS -> VectorComparisons.less(left, leftOff, right, rightOff, dst, dstOff, whole);
      case LESS_OR_EQUAL ->
          VectorComparisons.lessOrEqual(left, leftOff, right, rightOff, dst, dstOff, whole);
      case GREATER -> VectorComparisons.greater(left, leftOff, right, rightOff, dst, dstOff, whole);
      case GREATER_OR_EQUAL ->
          VectorComparisons.greaterOrEqual(left, leftOff, right, rightOff, dst, dstOff, whole);
      case LOGICAL_AND ->
          VectorComparisons.logicalAnd(left, leftOff, right, rightOff, dst, dstOff, whole);
      case LOGICAL_OR ->
          VectorComparisons.logicalOr(left, leftOff, right, rightOff, dst, dstOff, whole);
      case LOGICAL_XOR ->
          VectorComparisons.logicalXor(left, leftOff, right, rightOff, dst, dstOff, whole);
      case FMOD -> VectorPowers.fmod(left, leftOff, right, rightOff, dst, dstOff, whole, tails);
      case MOD -> VectorPowers.mod(left, leftOff, right, rightOff, dst, dstOff, whole, tails);
      case POW -> tails.binary(f, left, leftOff, right, rightOff, dst, dstOff, whole);
    }
    tails.binary(f, left, leftOff + whole, right, rightOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void binaryA(
      BinaryCurve f, float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case ADD -> VectorSums.addA(left, right, rightOff, dst, dstOff, whole);
      case ADD_RELU -> VectorSums.addReluA(left, right, rightOff, dst, dstOff, whole);
      case SUB -> VectorSums.subA(left, right, rightOff, dst, dstOff, whole);
      case MUL -> VectorSums.mulA(left, right, rightOff, dst, dstOff, whole);
      case DIV -> VectorSums.divA(left, right, rightOff, dst, dstOff, whole);
      case MIN -> VectorSums.minA(left, right, rightOff, dst, dstOff, whole);
      case MAX -> VectorSums.maxA(left, right, rightOff, dst, dstOff, whole);
      case EQUAL -> VectorComparisons.equalA(left, right, rightOff, dst, dstOff, whole);
      case NOT_EQUAL -> VectorComparisons.notEqualA(left, right, rightOff, dst, dstOff, whole);
      case LESS -> VectorComparisons.lessA(left, right, rightOff, dst, dstOff, whole);
      case LESS_OR_EQUAL ->
          VectorComparisons.lessOrEqualA(left, right, rightOff, dst, dstOff, whole);
      case GREATER -> VectorComparisons.greaterA(left, right, rightOff, dst, dstOff, whole);
      case GREATER_OR_EQUAL ->
          VectorComparisons.greaterOrEqualA(left, right, rightOff, dst, dstOff, whole);
      case LOGICAL_AND -> VectorComparisons.logicalAndA(left, right, rightOff, dst, dstOff, whole);
      case LOGICAL_OR -> VectorComparisons.logicalOrA(left, right, rightOff, dst, dstOff, whole);
      case LOGICAL_XOR -> VectorComparisons.logicalXorA(left, right, rightOff, dst, dstOff, whole);
      case FMOD -> VectorPowers.fmodA(left, right, rightOff, dst, dstOff, whole, tails);
      case MOD -> VectorPowers.modA(left, right, rightOff, dst, dstOff, whole, tails);
      case POW -> tails.binaryA(f, left, right, rightOff, dst, dstOff, whole);
    }
    tails.binaryA(f, left, right, rightOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void binaryB(
      BinaryCurve f, float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case ADD -> VectorSums.addB(left, leftOff, right, dst, dstOff, whole);
      case ADD_RELU -> VectorSums.addReluB(left, leftOff, right, dst, dstOff, whole);
      case SUB -> VectorSums.subB(left, leftOff, right, dst, dstOff, whole);
      case MUL -> VectorSums.mulB(left, leftOff, right, dst, dstOff, whole);
      case DIV -> VectorSums.divB(left, leftOff, right, dst, dstOff, whole);
      case MIN -> VectorSums.minB(left, leftOff, right, dst, dstOff, whole);
      case MAX -> VectorSums.maxB(left, leftOff, right, dst, dstOff, whole);
      case EQUAL -> VectorComparisons.equalB(left, leftOff, right, dst, dstOff, whole);
      case NOT_EQUAL -> VectorComparisons.notEqualB(left, leftOff, right, dst, dstOff, whole);
      case LESS -> VectorComparisons.lessB(left, leftOff, right, dst, dstOff, whole);
      case LESS_OR_EQUAL ->
          VectorComparisons.lessOrEqualB(left, leftOff, right, dst, dstOff, whole);
      case GREATER -> VectorComparisons.greaterB(left, leftOff, right, dst, dstOff, whole);
      case GREATER_OR_EQUAL ->
          VectorComparisons.greaterOrEqualB(left, leftOff, right, dst, dstOff, whole);
      case LOGICAL_AND -> VectorComparisons.logicalAndB(left, leftOff, right, dst, dstOff, whole);
      case LOGICAL_OR -> VectorComparisons.logicalOrB(left, leftOff, right, dst, dstOff, whole);
      case LOGICAL_XOR -> VectorComparisons.logicalXorB(left, leftOff, right, dst, dstOff, whole);
      case FMOD -> VectorPowers.fmodB(left, leftOff, right, dst, dstOff, whole, tails);
      case MOD -> VectorPowers.modB(left, leftOff, right, dst, dstOff, whole, tails);
      case POW -> tails.binaryB(f, left, leftOff, right, dst, dstOff, whole);
    }
    tails.binaryB(f, left, leftOff + whole, right, dst, dstOff + whole, n - whole);
  }

  @Override
  public void slopeA(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case MUL -> VectorSums.mulSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case DIV -> VectorSums.divSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case MIN -> VectorSums.minSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case MAX -> VectorSums.maxSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case POW -> tails.slopeA(f, left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case ADD,
          ADD_RELU,
          SUB,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LOGICAL_AND,
          LOGICAL_OR,
          LOGICAL_XOR,
          FMOD,
          MOD ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
    tails.slopeA(
        f,
        left,
        leftOff + whole,
        right,
        rightOff + whole,
        dy,
        dyOff + whole,
        dx,
        dxOff + whole,
        n - whole);
  }

  @Override
  public void slopeB(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case MUL -> VectorSums.mulSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case DIV -> VectorSums.divSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case MIN -> VectorSums.minSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case MAX -> VectorSums.maxSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case FMOD ->
          VectorPowers.fmodSlopeB(
              left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole, tails);
      case MOD ->
          VectorPowers.modSlopeB(
              left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole, tails);
      case POW -> tails.slopeB(f, left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, whole);
      case ADD,
          ADD_RELU,
          SUB,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LOGICAL_AND,
          LOGICAL_OR,
          LOGICAL_XOR ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
    tails.slopeB(
        f,
        left,
        leftOff + whole,
        right,
        rightOff + whole,
        dy,
        dyOff + whole,
        dx,
        dxOff + whole,
        n - whole);
  }

  @Override
  public void select(
      float[] mask,
      int maskOff,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n) {
    int whole = V.loopBound(n);
    VectorFolds.select(mask, maskOff, left, leftOff, right, rightOff, dst, dstOff, whole);
    tails.select(
        mask,
        maskOff + whole,
        left,
        leftOff + whole,
        right,
        rightOff + whole,
        dst,
        dstOff + whole,
        n - whole);
  }

  @Override
  public void foldRows(
      Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n) {
    folds.foldRows(f, src, srcOff, rows, ld, dst, dstOff, n);
  }
}
