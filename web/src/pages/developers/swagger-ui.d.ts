// What we use of Swagger UI's bundle, which comes without types.
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface TriedRequest {
    url: string;
    credentials?: string;
    [field: string]: unknown;
  }
  interface Settings {
    domNode: HTMLElement;
    url: string;
    validatorUrl: null;
    docExpansion: 'none' | 'list' | 'full';
    defaultModelsExpandDepth: number;
    filter: boolean;
    persistAuthorization: boolean;
    requestInterceptor: (request: TriedRequest) => TriedRequest;
  }
  export default function SwaggerUI(settings: Settings): unknown;
}
declare module 'swagger-ui-dist/swagger-ui.css?url' {
  const address: string;
  export default address;
}
