using Npgsql;
using NpgsqlTypes;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Postgres.Engine;

/// <summary>Parameters by place: <c>$1</c>, <c>$2</c>.</summary>
internal static class Commands
{
    public static NpgsqlBatchCommand Command(string sql) => new(sql);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string value)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long value)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string[] values)
    {
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, byte[] value)
    {
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IndexValue value, IndexType type)
    {
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)value.Text ?? (object?)value.Number ?? DBNull.Value,
            NpgsqlDbType = type == IndexType.Text ? NpgsqlDbType.Text : NpgsqlDbType.Bigint,
        });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IndexValue value) =>
        command.With(value, value.Text is null ? IndexType.Number : IndexType.Text);

    /// <summary>Several statements in one trip to the server.</summary>
    public static NpgsqlBatch Batch(this NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, NpgsqlTransaction? transaction = null)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    public static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
