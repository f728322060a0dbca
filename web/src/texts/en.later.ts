export * from 'words:en/later';
