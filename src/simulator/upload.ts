import { commit } from './commit.js';
import type { Company } from './company.js';
import { Draft } from './draft.js';
import type { Execution } from './execute.js';
import { refuse } from './fault.js';
import { type Fields, isFields, text } from './fields.js';
import { present } from './present.js';
import { ruleOf } from './entity/registry.js';
import { parseBody } from './shape/bind.js';
import { save } from './write.js';
import { asJson } from './xml-body.js';

interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Lines end as the sender likes: some clients write bare line feeds. */
function parsePart(raw: string): Part | undefined {
  const split = /\r?\n\r?\n/.exec(raw);
  if (split === null) return undefined;
  const headers = raw.slice(0, split.index);
  const name = /name="([^"]*)"/i.exec(headers)?.[1];
  if (name === undefined) return undefined;
  const body = raw.slice(split.index + split[0].length).replace(/\r?\n$/, '');
  const isBase64 = /content-transfer-encoding:\s*base64/i.test(headers);
  return {
    name,
    fileName: /filename="([^"]*)"/i.exec(headers)?.[1],
    contentType: /content-type:\s*([^\r\n;]+)/i.exec(headers)?.[1],
    body: isBase64 ? Buffer.from(body, 'base64').toString('latin1') : body,
  };
}

function parseParts(body: string): Part[] {
  const boundary = /^--[^\r\n]+/.exec(body.trimStart())?.[0];
  if (boundary === undefined) return [];
  return body.split(boundary).flatMap((raw) => {
    const part = parsePart(raw.replace(/^\r?\n/, ''));
    return part === undefined ? [] : [part];
  });
}

/** Where a reader would fetch the file, and the small picture of it where it is one. */
function placesOf(company: Company, id: string, { FileName, ContentType }: Fields): Fields {
  const base = `/v3/company/${company.realm}`;
  const store = `https://attachments.invalid/${company.realm}%2F`;
  const name = encodeURIComponent(String(FileName));
  const places = {
    FileAccessUri: `${base}/download/${id}`,
    TempDownloadUri: `${store}attachments%2F${id}-${name}`,
  };
  if (!String(ContentType).startsWith('image/')) return places;
  return {
    ...places,
    ThumbnailFileAccessUri: `${base}/attachable-thumbnail/${id}`,
    ThumbnailTempDownloadUri: `${store}attachmentthumbnails%2F${id}-tn_${name}`,
  };
}

function store(execution: Execution, metadata: Fields, content: Part): Fields {
  const { company, switches, nowMs } = execution;
  const rule = ruleOf('Attachable');
  if (rule === undefined) throw new Error('the attachable has no rule');
  const fields = {
    ...metadata,
    FileName: text(metadata, 'FileName') ?? content.fileName ?? 'attachment',
    ContentType: text(metadata, 'ContentType') ?? content.contentType ?? 'application/octet-stream',
  };
  const { stored } = save({ company, switches, nowMs, rule, body: fields, include: new Set() });
  const draft = new Draft(company, nowMs);
  const size = Buffer.byteLength(content.body);
  draft.put({
    ...stored,
    fields: { ...stored.fields, Size: size, ...placesOf(company, stored.id, fields) },
  });
  commit(company, draft);
  return present(company, company.table('Attachable').get(stored.id) ?? stored);
}

/** Files come as pairs of parts, `file_metadata_n` and `file_content_n`. @throws Fault 2020 without any */
export function upload(execution: Execution): Fields {
  const parts = parseParts(execution.body);
  const contents = parts.filter((part) => part.name.startsWith('file_content_'));
  if (contents.length === 0)
    throw refuse('2020', 'Required parameter file_content is missing in the request');
  const answers = contents.map((content) => {
    const suffix = content.name.slice('file_content_'.length);
    const metadata = parts.find((part) => part.name === `file_metadata_${suffix}`);
    const parsed = metadata === undefined ? {} : parseBody(asJson(metadata.body));
    return { Attachable: store(execution, isFields(parsed) ? parsed : {}, content) };
  });
  return { AttachableResponse: answers };
}
