import { finding } from '../fault.js';
import type { EntityRule } from '../rule.js';

export const attachableRule: EntityRule = {
  name: 'Attachable',
  idSpace: 'list',
  isTransaction: false,
  deletable: true,
  readOnly: [
    'FileAccessUri',
    'TempDownloadUri',
    'Size',
    'ThumbnailFileAccessUri',
    'ThumbnailTempDownloadUri',
  ],
  keptByFullUpdate: ['FileName', 'ContentType'],
  maxLengths: { FileName: 1000, Note: 2000, Category: 100, ContentType: 100, PlaceName: 2000, Tag: 2000 },
  queryable: {
    Id: 'id',
    FileName: 'text',
    Note: 'text',
    Category: 'text',
    ContentType: 'text',
    Tag: 'text',
    Size: 'number',
    'AttachableRef.EntityRef.value': 'id',
    'AttachableRef.EntityRef.type': 'text',
  },
  require({ fields, findings }) {
    if (fields['Note'] !== undefined || fields['FileName'] !== undefined) return;
    findings.push(finding('2020', 'Required parameter Note or FileName is missing in the request', 'Note'));
  },
  complete: () => undefined,
};
