export * from 'words:en/first';
