// Commands of the AWS SDK, told by what they are rather than by whose they are: the SDK is not a dependency.

/** Anything with an input that some class made. */
export interface CommandLike {
  readonly input: object;
}

/** What a command asks for. */
export interface ParsedCommand {
  readonly operation: string;
  /** True for commands of lib-dynamodb, whose values are native; false for client-dynamodb's, in DynamoDB JSON. */
  readonly native: boolean;
}

const documentCommands: Record<string, string> = {
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  UpdateCommand: 'UpdateItem',
  DeleteCommand: 'DeleteItem',
  BatchGetCommand: 'BatchGetItem',
  BatchWriteCommand: 'BatchWriteItem',
  TransactGetCommand: 'TransactGetItems',
  TransactWriteCommand: 'TransactWriteItems',
};

interface SdkCommand {
  readonly clientCommand?: SdkCommand;
  readonly schema?: readonly unknown[];
}

/**
 * The operation of a command. Its schema names it even where a bundler has renamed the classes; older SDKs have only the class's name.
 *
 * @throws TypeError for something that is no command
 */
export function parseCommand(command: unknown): ParsedCommand {
  if (typeof command !== 'object' || command === null || !('input' in command)) {
    throw new TypeError('send() takes a command of @aws-sdk/lib-dynamodb or @aws-sdk/client-dynamodb');
  }
  const { clientCommand, schema } = command as SdkCommand;
  const className = command.constructor.name;
  const named = Object.hasOwn(documentCommands, className) ? documentCommands[className] : undefined;
  const native = clientCommand !== undefined || named !== undefined;
  const fromSchema = (clientCommand?.schema ?? schema)?.[2];
  if (typeof fromSchema === 'string') return { operation: fromSchema, native };
  if (named !== undefined) return { operation: named, native };
  if (!className.endsWith('Command')) throw new TypeError(`send() does not know the command ${className}`);
  return { operation: className.slice(0, -'Command'.length), native };
}
