export * from 'words:sv/later';
