import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerMemory } from '../../src/simulator/answer-memory.js';
import { SortedList } from '../../src/simulator/sorted-list.js';

const byNumber = (left: number, right: number): number => left - right;

describe('a sorted list', () => {
  it('is what an array would be after the same additions and removals', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1000, maxLength: 3000 });
    fc.assert(
      fc.property(numbers, (changes) => {
        const model = new Set<number>();
        const list = new SortedList(byNumber);
        for (const number of changes) {
          // A number that is there already is taken out, so that chunks shrink and vanish too.
          if (model.delete(number)) expect(list.remove(number)).toBe(true);
          else {
            model.add(number);
            list.add(number);
          }
        }
        const sorted = [...model].sort(byNumber);
        expect([list.size, list.remove(-1)]).toEqual([sorted.length, false]);
        expect([...list.slice()]).toEqual(sorted);
        const start = list.rankWhere((number) => number >= 700);
        const end = list.rankWhere((number) => number > 1900);
        expect([...list.slice(start, end)]).toEqual(sorted.filter((one) => one >= 700 && one <= 1900));
        expect([...list.backwards(start, end)]).toEqual([...list.slice(start, end)].reverse());
      }),
      { numRuns: 20 },
    );
  });

  it('that has grown in order cuts no chunk in two', () => {
    const list = new SortedList(byNumber);
    for (let number = 0; number < 5000; number += 1) list.add(number);
    expect([...list.backwards(4997)]).toEqual([4999, 4998, 4997]);
    expect(list.rankWhere((number) => number >= 2500)).toBe(2500);
  });
});

describe('the memory of answers', () => {
  it('gives back each as it was, whatever its length, until it is forgotten', () => {
    const memory = new AnswerMemory();
    const texts = ['', 'é€😀', 'a'.repeat(700_000), 'b'.repeat(700_000), 'c'.repeat(3_000_000), 'd'];
    const storedAtMs = 1_790_000_000_123.5;
    texts.forEach((json, index) => memory.keep(`key ${index}`, { status: 200 + index, storedAtMs, json }));
    for (const [index, json] of texts.entries())
      expect(memory.get(`key ${index}`)).toEqual({ status: 200 + index, storedAtMs, json });
    memory.keep('key 0', { status: 400, storedAtMs, json: '{}' });
    expect(memory.get('key 0')?.json).toBe('{}');
    for (const key of [...memory.keys()]) memory.forget(key);
    expect([memory.get('key 1'), [...memory.keys()]]).toEqual([undefined, []]);
    memory.keep('again', { status: 200, storedAtMs, json: '[]' });
    expect(memory.get('again')?.json).toBe('[]');
  });
});
