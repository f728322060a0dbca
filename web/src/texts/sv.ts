export * from 'words:sv/first';
