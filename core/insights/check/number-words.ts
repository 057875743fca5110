/** Numbers in words. "One" and "first" are none: they stand for no count in most sentences. */
export const CARDINALS: Readonly<Record<string, number>> = {
  ...{
    zero: 0,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
  },
  ...{ twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18 },
  ...{ nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80 },
  ninety: 90,
};

export const SCALES: Readonly<Record<string, number>> = {
  ...{ dozen: 12, dozens: 12, hundred: 100, hundreds: 100, thousand: 1e3, thousands: 1e3 },
  ...{ million: 1e6, millions: 1e6, billion: 1e9, billions: 1e9, trillion: 1e12, trillions: 1e12 },
};

export const ORDINALS: Readonly<Record<string, number>> = {
  ...{ second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10 },
  ...{ eleventh: 11, twelfth: 12, thirteenth: 13, fourteenth: 14, fifteenth: 15, sixteenth: 16 },
  ...{ seventeenth: 17, eighteenth: 18, nineteenth: 19, twentieth: 20, thirtieth: 30, fortieth: 40 },
  ...{ fiftieth: 50, sixtieth: 60, seventieth: 70, eightieth: 80, ninetieth: 90, hundredth: 100 },
  ...{ thousandth: 1e3, thirds: 3, fourths: 4, fifths: 5, tenths: 10 },
};

/** Words that hold a number. Each list holds the values that the word may stand for: a half is .5 or 50 %. */
export const FIGURES: Readonly<Record<string, readonly number[]>> = {
  ...{ half: [0.5, 50], halves: [0.5, 50], halfway: [0.5, 50], halved: [0.5, 50], halving: [0.5, 50] },
  ...{ double: [2, 200], doubled: [2, 200], doubles: [2, 200], doubling: [2, 200], twice: [2, 200] },
  ...{ triple: [3, 300], tripled: [3, 300], triples: [3, 300], tripling: [3, 300], thrice: [3, 300] },
  ...{
    quadruple: [4, 400],
    quadrupled: [4, 400],
    twofold: [2],
    threefold: [3],
    fourfold: [4],
    fivefold: [5],
  },
  ...{ tenfold: [10], hundredfold: [100], nil: [0], nought: [0], naught: [0] },
};

/** Small numbers of other languages, as far as they are no English words. */
export const FOREIGN: Readonly<Record<string, number>> = {
  ...{ zwei: 2, drei: 3, vier: 4, funf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, zwolf: 12 },
  ...{ zwanzig: 20, dreissig: 30, funfzig: 50, hundert: 100, tausend: 1e3, halfte: 50 },
  ...{ deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, onze: 11, douze: 12, vingt: 20 },
  ...{ trente: 30, quarante: 40, cinquante: 50, mille: 1e3, moitie: 50 },
  ...{ tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12, veinte: 20 },
  ...{ treinta: 30, cuarenta: 40, cincuenta: 50, cien: 100, mitad: 50, metade: 50 },
  ...{ quattro: 4, cinque: 5, sette: 7, dieci: 10, venti: 20, trenta: 30, cinquanta: 50, cento: 100 },
  ...{ twee: 2, drie: 3, vijf: 5, zeven: 7, negen: 9, tien: 10, twaalf: 12, twintig: 20, honderd: 100 },
};
