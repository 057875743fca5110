export { gramBlocks, solveRows } from './als';
export { multiplyTransposedTiles, subtractLowerTiles } from './dense';
export { gatherColumns, mirrorNegative, scatterColumns } from './invert';
export { multiplySparseRows } from './sparse';
