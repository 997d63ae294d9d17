namespace FastSignatureCache.Sqlite.Databases;

/// <summary>The tables, and how a file came to have them: one migration for each version.</summary>
/// <param name="migrations">The first makes version 1 out of an empty file, the next version 2 out of that, and so on.</param>
internal sealed class Schema(params string[] migrations)
{
    // "FSC" and the version. SQLite's own user_version has it too, so that one damaged number is not taken for a newer program's work.
    private const int ApplicationId = 0x46534300;
    private const int ApplicationIdMask = ~0xFF;

    /// <summary>The schema of this program.</summary>
    /// <remarks>
    /// A migration that was ever released is never changed: a new one is added, and a new fixture to the tests. Not WITHOUT ROWID: in such a
    /// table, and in any index over the key, each comparison on the way down reads the whole row with its payload, rows in the order of
    /// hashes leave a quarter of each page empty, and an order by time would need another copy of the key. Here rows lie in the order of time.
    /// ARCHITECTURE.md has the figures. The ids of removals are never used twice, so that who has read up to one misses none.
    /// </remarks>
    public static Schema Current { get; } = new(
        """
        CREATE TABLE signatures (
            id INTEGER PRIMARY KEY,
            slot INTEGER NOT NULL,
            shift INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            key BLOB NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX signatures_slot ON signatures (slot);
        CREATE INDEX signatures_expires ON signatures (expires);
        CREATE TABLE removals (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            instance INTEGER NOT NULL,
            time INTEGER NOT NULL,
            key BLOB
        ) STRICT;
        CREATE TABLE store (generation INTEGER NOT NULL) STRICT;
        INSERT INTO store VALUES (random());
        """);

    public IReadOnlyList<string> Migrations => migrations;

    public int Version => migrations.Length;

    /// <summary>Brings the file to this version, if it is not there yet.</summary>
    /// <exception cref="InvalidDataException">The file is a newer program's, or not one of ours.</exception>
    /// <exception cref="DamagedDatabaseException">The file is ours and contradicts itself.</exception>
    public void Migrate(StoreConnection connection, string path)
    {
        // Within a transaction, because another process may be at it: half of the old and half of the new would look like damage.
        connection.Execute("BEGIN");
        var isUpToDate = VersionOf(connection, path) == Version;
        connection.Execute("COMMIT");
        if (isUpToDate)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Again, now that no other process can change it.
            for (var version = VersionOf(connection, path); version < Version; version++)
            {
                connection.Execute(migrations[version]);
            }

            connection.Execute(FormattableString.Invariant($"PRAGMA application_id = {ApplicationId | Version}"));
            connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {Version}"));
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.TryRollback();
            throw;
        }
    }

    private int VersionOf(StoreConnection connection, string path)
    {
        var application = (int)connection.Scalar("PRAGMA application_id");
        var version = (int)connection.Scalar("PRAGMA user_version");
        var tables = connection.Scalar("SELECT count(*) FROM sqlite_schema");
        var hasOurs = connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'signatures'") == 1;
        if ((application, version, tables) == (0, 0, 0))
        {
            return 0;
        }

        if ((application & ApplicationIdMask) != ApplicationId && !hasOurs)
        {
            throw new InvalidDataException(
                $"'{path}' is a database of another program. It is left alone. Set another DatabasePath.");
        }

        if (application != (ApplicationId | version) || version == 0 || (!hasOurs && version <= Version))
        {
            throw new DamagedDatabaseException("The database's own marks contradict each other.");
        }

        if (version > Version)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{path}' has schema version {version}, and this program knows versions up to {Version}. It is left alone. ")
                + "Use the newer FastSignatureCache that wrote it, or set another DatabasePath.");
        }

        return version;
    }
}
