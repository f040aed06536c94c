namespace SkillBadges.Storage.Tests;

public sealed class PostgresDocumentTests() : DocumentContract(new PostgresEngine());

public sealed class PostgresQueryTests() : QueryContract(new PostgresEngine());

public sealed class PostgresUniquenessTests() : UniquenessContract(new PostgresEngine());

public sealed class PostgresOutboxTests() : OutboxContract(new PostgresEngine());

public sealed class PostgresCommitsTests() : CommitsContract(new PostgresEngine());

public sealed class PostgresLeaseTests() : LeaseContract(new PostgresEngine());

public sealed class PostgresEvolutionTests() : EvolutionContract(new PostgresEngine());

public sealed class PostgresWholeStoreTests() : WholeStoreContract(new PostgresEngine());
