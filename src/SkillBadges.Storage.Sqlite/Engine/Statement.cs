using System.Text;
using SQLitePCL;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>A prepared statement that its connection keeps. Disposing it ends a run and makes it ready for the next one.</summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    private const int ShortText = 512;

    public Statement Bind(int index, string text)
    {
        if (text.Length == 0)
        {
            // An empty span is a null pointer, which SQLite takes for NULL.
            return Check(raw.sqlite3_bind_text(handle, index, utf8z.FromString("")));
        }

        Span<byte> buffer = stackalloc byte[ShortText];
        return Encoding.UTF8.TryGetBytes(text, buffer, out var written)
            ? Check(raw.sqlite3_bind_text(handle, index, (ReadOnlySpan<byte>)buffer[..written]))
            : Check(raw.sqlite3_bind_text(handle, index, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text)));
    }

    public Statement Bind(int index, long number) => Check(raw.sqlite3_bind_int64(handle, index, number));

    public Statement Bind(int index, byte[] bytes) => Check(raw.sqlite3_bind_blob(handle, index, bytes));

    public Statement Bind(int index, IndexValue value) =>
        value.Text is { } text ? Bind(index, text)
        : value.Number is { } number ? Bind(index, number)
        : Check(raw.sqlite3_bind_null(handle, index));

    /// <summary>Whether there is a row.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw new SqliteException(code, raw.sqlite3_errmsg(database).utf8_to_string()),
    };

    /// <summary>Runs a statement that has no rows; how many rows it changed.</summary>
    public int Run()
    {
        Step();
        return raw.sqlite3_changes(database);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    /// <summary>Bytes that are valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public IndexValue Value(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_INTEGER => IndexValue.Of((long?)Number(column)),
        raw.SQLITE_TEXT => IndexValue.Of(Text(column)),
        _ => default,
    };

    public void Dispose()
    {
        // Reset repeats the error of the last step, which was thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public void Close() => handle.manual_close();

    private Statement Check(int code) => code == raw.SQLITE_OK ? this : throw new SqliteException(code, raw.sqlite3_errmsg(database).utf8_to_string());
}
