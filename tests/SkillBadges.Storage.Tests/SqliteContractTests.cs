namespace SkillBadges.Storage.Tests;

public sealed class SqliteDocumentTests() : DocumentContract(new SqliteEngine());

public sealed class SqliteQueryTests() : QueryContract(new SqliteEngine());

public sealed class SqliteUniquenessTests() : UniquenessContract(new SqliteEngine());

public sealed class SqliteOutboxTests() : OutboxContract(new SqliteEngine());

public sealed class SqliteCommitsTests() : CommitsContract(new SqliteEngine());

public sealed class SqliteEvolutionTests() : EvolutionContract(new SqliteEngine());

public sealed class SqliteLeaseTests() : LeaseContract(new SqliteEngine());

public sealed class SqliteWholeStoreTests() : WholeStoreContract(new SqliteEngine());
