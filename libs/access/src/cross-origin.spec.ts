import { describe, expect, it } from '@jest/globals';
import { refuseCrossSite } from './cross-origin.js';

const post = (headers: Record<string, string>) => () => refuseCrossSite({ method: 'POST', headers });

describe('commands from other sites', () => {
  it.each([
    ['of a browser on this site', { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example', host: 'a' }],
    ['typed or bookmarked', { 'sec-fetch-site': 'none' }],
    ['of an older browser on this site', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }],
    ['of no browser', { host: '127.0.0.1:3000' }],
    ['with a bearer token', { authorization: 'Bearer abc', 'sec-fetch-site': 'cross-site' }],
  ])('are let through when they are %s', (_, headers) => {
    expect(post(headers as Record<string, string>)).not.toThrow();
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'http://evil.example', host: '127.0.0.1:3000' }],
    ['another port', { origin: 'http://127.0.0.1:4000', host: '127.0.0.1:3000' }],
    ['a hidden origin', { origin: 'null', host: '127.0.0.1:3000' }],
  ])('are refused from %s', (_, headers) => {
    expect(post(headers as Record<string, string>)).toThrow('another site');
  });

  it('may be read from anywhere', () => {
    expect(() => refuseCrossSite({ method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } })).not.toThrow();
  });
});
