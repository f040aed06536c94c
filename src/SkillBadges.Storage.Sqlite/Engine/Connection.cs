using SQLitePCL;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>A long-lived connection and its prepared statements; one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    // sqlite.org/c3ref/c_open_autoproxy.html: every call answers with its extended code.
    private const int ExtendedCodes = 0x02000000;
    private const int Persistent = 1;

    private readonly Dictionary<string, Statement> statements = [];
    private readonly sqlite3 handle;

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The connection that writes; makes the file when there is none.</summary>
    public static Connection ForWriting(string file)
    {
        // No connection maps the file: mapped pages count as the process's memory, for each connection again (decision 2).
        var connection = Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        connection.Execute("PRAGMA page_size = 8192");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = FULL");
        connection.Execute("PRAGMA secure_delete = FAST");
        connection.Execute("PRAGMA journal_size_limit = 67108864");
        connection.Execute("PRAGMA cache_size = -32768");
        // Where pages are copied for savepoints; in a file they would be written once more for each commit.
        connection.Execute("PRAGMA temp_store = MEMORY");
        return connection;
    }

    /// <summary>A connection that reads what was committed.</summary>
    public static Connection ForReading(string file)
    {
        var connection = Open(file, raw.SQLITE_OPEN_READWRITE);
        connection.Execute("PRAGMA query_only = ON");
        connection.Execute("PRAGMA cache_size = -16384");
        return connection;
    }

    /// <summary>The statement for this text, prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(handle, sql, Persistent, out var prepared));
            statements.Add(sql, statement = new(handle, prepared));
        }

        return statement;
    }

    /// <summary>Runs a kept statement that has no parameters.</summary>
    public void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Step();
    }

    /// <summary>Runs a statement once, without keeping it.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Close();
        }

        handle.manual_close_v2();
    }

    private static Connection Open(string file, int flags)
    {
        var code = raw.sqlite3_open_v2(file, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX | ExtendedCodes, null);
        var connection = new Connection(handle);
        try
        {
            connection.Check(code);
            connection.Execute("PRAGMA busy_timeout = 10000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(code, raw.sqlite3_errmsg(handle).utf8_to_string());
        }
    }
}
